package dev.latchkey.server.register;

import dev.latchkey.server.client.ClientMetadata;
import java.util.List;

/**
 * Takes texts that can be shown in one line and are what they look like: no control, no line break, nothing that turns the
 * direction of what stands beside it or cannot be seen (Unicode Technical Report 36 §3).
 */
final class CheckTexts implements MetadataCheck {
    private static final int MAX_NAME = 200;
    private static final int MAX_CONTACTS = 10;
    private static final int MAX_CONTACT = 254;
    private static final int MAX_ACR_VALUES = 10;
    private static final int MAX_ACR_VALUE = 255;
    /** Which Persian, Hindi and joined symbols are not written without (Unicode Standard §23.2). */
    private static final int NON_JOINER = 0x200c;

    private static final int JOINER = 0x200d;

    @Override
    public void check(ClientMetadata metadata) {
        check("client_name", metadata.clientName(), MAX_NAME);
        check("contacts", metadata.about().contacts(), MAX_CONTACTS, MAX_CONTACT);
        List<String> acrValues = metadata.signIn().defaultAcrValues();
        check("default_acr_values", acrValues, MAX_ACR_VALUES, MAX_ACR_VALUE);
        if (acrValues.stream()
                .anyMatch(value -> value.isEmpty() || value.chars().anyMatch(c -> c <= ' ' || c > '~'))) {
            throw InvalidMetadata.of("default_acr_values", "has a value that is not visible ASCII");
        }
    }

    private static void check(String member, List<String> texts, int most, int maxLength) {
        if (texts.size() > most) {
            throw InvalidMetadata.of(member, "has more than " + most);
        }
        texts.forEach(text -> check(member, text, maxLength));
    }

    private static void check(String member, String text, int maxLength) {
        if (text.length() > maxLength) {
            throw InvalidMetadata.of(member, "has more than " + maxLength + " characters");
        }
        if (!text.codePoints().allMatch(CheckTexts::isShown)) {
            throw InvalidMetadata.of(member, "has a character that cannot be shown");
        }
    }

    private static boolean isShown(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            case Character.FORMAT -> codePoint == NON_JOINER || codePoint == JOINER;
            default -> true;
        };
    }
}
