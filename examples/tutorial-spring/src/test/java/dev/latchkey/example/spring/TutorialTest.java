package dev.latchkey.example.spring;

import dev.latchkey.example.contract.RunningApplication;
import dev.latchkey.example.contract.TutorialContract;
import dev.latchkey.guard.spring.GuardCustomizer;
import dev.latchkey.testkit.LatchkeyServer;
import java.time.InstantSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

class TutorialTest extends TutorialContract {
    TutorialTest(LatchkeyServer latchkey) {
        super(latchkey);
    }

    @Override
    protected RunningApplication start(LatchkeyServer latchkey) {
        SpringApplication application = new SpringApplication(Tutorial.class);
        application.addInitializers((GenericApplicationContext context) -> {
            context.registerBean(InstantSource.class, latchkey::clock);
            context.registerBean(GuardCustomizer.class, () -> guard -> guard.clock(latchkey.clock()));
        });
        ConfigurableApplicationContext running = application.run(
                "--server.port=0", "--latchkey.guard.issuer=" + latchkey.issuer(), "--latchkey.guard.poll-every=1s");
        return new RunningApplication(
                running.getEnvironment().getRequiredProperty("local.server.port", Integer.class), running::close);
    }
}
