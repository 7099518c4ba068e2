package dev.latchkey.server.password;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever a stored hash is, it is read or refused by name, and what is read keeps to its bounds. */
class StoredHashFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void readsOrRefuses(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        try {
            StoredHash hash = StoredHash.parse(text);
            if (hash.memoryKib() < 1 || hash.memoryKib() > HashCost.MAX_MEMORY_KIB) {
                throw new AssertionError("a hash that takes " + hash.memoryKib() + " KiB was read");
            }
        } catch (UnsupportedHashException e) {
            if (text.length() > 20 && String.valueOf(e.getMessage()).contains(text)) {
                throw new AssertionError("the reason repeats the hash", e);
            }
        }
    }
}
