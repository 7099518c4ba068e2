package dev.latchkey.server.client;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.server.client.MetadataMap.BadMemberException;
import dev.latchkey.token.Json;
import dev.latchkey.token.JsonException;
import java.util.Map;

/** Metadata are any JSON object that a stranger sends: read, or refused by name, and what is read comes back from the store. */
class MetadataMapFuzzTest {
    @FuzzTest
    void readsOrRefusesByName(byte[] data) {
        Map<String, Object> members;
        try {
            members = Json.parseObject(data);
        } catch (JsonException e) {
            return;
        }
        try {
            ClientMetadata metadata = MetadataMap.read(members);
            String stored = Json.write(MetadataMap.of(metadata));
            if (!MetadataMap.read(Json.parseObject(stored)).equals(metadata)) {
                throw new AssertionError("comes back as something else: " + stored);
            }
        } catch (BadMemberException e) {
            if (!String.valueOf(e.getMessage()).startsWith(e.member() + " ")) {
                throw new AssertionError("does not name the member: " + e.getMessage());
            }
        }
    }
}
