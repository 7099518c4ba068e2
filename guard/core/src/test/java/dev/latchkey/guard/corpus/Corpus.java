package dev.latchkey.guard.corpus;

import java.util.List;
import java.util.stream.Stream;

/** All tokens, the same in every run: fixed keys, a fixed time ({@link Mint#NOW}), signatures without chance. */
final class Corpus {
    static final List<Case> ALL = Stream.of(
                    AlgorithmCases.all(),
                    KeyCases.all(),
                    SignatureCases.all(),
                    OtherSignatureCases.all(),
                    EncodingCases.all(),
                    HeaderJsonCases.all(),
                    PayloadJsonCases.all(),
                    TypeCases.all(),
                    TypeCases.critical(),
                    NestedCases.all(),
                    ClaimCases.all(),
                    TimeCases.all(),
                    PartyCases.issuers(),
                    PartyCases.audiences(),
                    SizeCases.all())
            .flatMap(List::stream)
            .toList();

    private Corpus() {}
}
