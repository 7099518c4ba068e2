package dev.latchkey.server.interop;

import jakarta.servlet.ServletContainerInitializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;

/**
 * A servlet container on a free port of the loopback address. It listens before its application is deployed, so that the
 * application's address can be registered at the server that the application asks when it starts.
 */
final class Container implements AutoCloseable {
    private final Path folder;
    private final Tomcat tomcat = new Tomcat();

    private Container(Path folder) {
        this.folder = folder;
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getHost(); // made by the first question, and wanted before the start
    }

    static Container start() {
        try {
            Container container = new Container(Files.createTempDirectory("latchkey-container"));
            container.tomcat.start();
            return container;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + tomcat.getConnector().getLocalPort();
    }

    /** Deploys the one application of this container, at its root. */
    void deploy(ServletContainerInitializer application) {
        StandardContext context = new StandardContext();
        context.setPath("");
        context.setName("");
        context.setDocBase(folder.toString());
        context.setClearReferencesThreadLocals(false); // this program stays, there is nothing to be cleared
        context.setClearReferencesRmiTargets(false);
        context.addLifecycleListener(new Tomcat.FixContextListener());
        context.addServletContainerInitializer(application, Set.of());
        tomcat.getHost().addChild(context);
        if (!context.getState().isAvailable()) {
            throw new IllegalStateException("the application did not start");
        }
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }
}
