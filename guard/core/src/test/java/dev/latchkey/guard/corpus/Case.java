package dev.latchkey.guard.corpus;

/**
 * A token and how it has to be judged.
 *
 * @param family what it is about
 * @param name unique in the corpus
 * @param algorithm what it would have to be verified with: a library that has none cannot judge it
 * @param why the rule that decides, with its section
 */
record Case(String family, String name, String token, Expected expected, String algorithm, String why) {
    @Override
    public String toString() {
        return family + ": " + name;
    }
}
