package dev.latchkey.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntaxTest {
    private static final Syntax SYNTAX = Syntax.of("do", "Does.")
            .option("--one", "ONE", "One.")
            .repeated("--many", "MANY", "Many.")
            .flag("--flag", "A flag.")
            .positional("WORD", "A word.");

    private static Arguments parse(String line) {
        return SYNTAX.parse(List.of(line.split(" ", -1)));
    }

    @Test
    void optionsComeInAnyPlaceAndEitherForm() {
        Arguments arguments = parse("--many a word --flag --many=b --one -1");
        assertThat(arguments.all("--many")).containsExactly("a", "b");
        assertThat(arguments.text("--one")).contains("-1");
        assertThat(arguments.flag("--flag")).isTrue();
        assertThat(arguments.positional()).isEqualTo("word");
    }

    @Test
    void anEqualsSignEndsTheNameOnlyOnce() {
        assertThat(parse("w --one=a=b").text("--one")).contains("a=b");
        assertThat(parse("w --one=").text("--one")).contains("");
    }

    @Test
    void aDashIsAWordAndTwoEndTheOptions() {
        assertThat(parse("-").positional()).isEqualTo("-");
        assertThat(parse("-- --one").positional()).isEqualTo("--one");
    }

    @Test
    void helpNeedsNothingElse() {
        assertThat(parse("--many x --help").flag(Syntax.HELP)).isTrue();
        assertThat(parse("-h --nonsense").flag(Syntax.HELP)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "w --one a --one b | --one is given twice",
                "w --one | --one needs a value: --one ONE",
                "w --one --flag | --one needs a value: --one ONE",
                "w --flag=true | --flag takes no value",
                "w --onne x | there is no option --onne; did you mean --one?",
                "-zWbd4a9jOM2or8lNdAqJg | there is no option -zWbd4a9jOM2or8lNdAqJg; if it is the WORD, write --"
                        + " before it",
                "w x | cannot make sense of x",
                "--flag | WORD is missing",
            })
    void whatMakesNoSenseIsSaid(String line, String message) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(CommandException.class)
                .hasMessage("latchkey: " + message);
    }

    @Property(tries = 500)
    void everyLineIsReadOrRefused(@ForAll @Size(max = 6) List<String> words) {
        try {
            Map<String, List<String>> values = SYNTAX.parse(words).values();
            assertThat(values.keySet()).isSubsetOf("--one", "--many", "--flag", "--help");
        } catch (CommandException e) {
            assertThat(e.exitCode()).isEqualTo(Command.USAGE);
        }
    }
}
