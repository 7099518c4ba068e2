package dev.latchkey.example.helidon;

import dev.latchkey.example.contract.RunningApplication;
import dev.latchkey.example.contract.TutorialContract;
import dev.latchkey.guard.Guard;
import dev.latchkey.testkit.LatchkeyServer;
import io.helidon.webserver.WebServer;
import java.time.Duration;

class TutorialTest extends TutorialContract {
    TutorialTest(LatchkeyServer latchkey) {
        super(latchkey);
    }

    @Override
    protected RunningApplication start(LatchkeyServer latchkey) {
        Guard guard = Guard.issuer(latchkey.issuer())
                .audience(Tutorial.AUDIENCE)
                .clock(latchkey.clock())
                .pollEvery(Duration.ofSeconds(1))
                .timeout(Duration.ofSeconds(30))
                .build();
        WebServer server = new Tutorial(guard, latchkey.clock()).serve(0);
        return new RunningApplication(server.port(), () -> {
            server.stop();
            guard.close();
        });
    }
}
