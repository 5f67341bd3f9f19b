package dev.proffer.testing.programs;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import org.awaitility.Awaitility;

/** The probes of a program, as a kubelet asks them. */
final class Probes {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(5);

    private final Program program;
    private final int port;

    Probes(Program program, int port) {
        this.program = program;
        this.port = port;
    }

    boolean say(String probe) {
        try {
            var url = URI.create("http://127.0.0.1:" + port + "/q/health/" + probe)
                    .toURL();
            var connection = (HttpURLConnection) url.openConnection();
            connection.setConnectTimeout(Math.toIntExact(ANSWER_PATIENCE.toMillis()));
            connection.setReadTimeout(Math.toIntExact(ANSWER_PATIENCE.toMillis()));
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException noAnswer) {
            return false;
        }
    }

    /** Fails with the program's output if it ends or takes too long. */
    void await(String probe) {
        Awaitility.await(probe).atMost(PATIENCE).until(() -> say(probe) || !program.isAlive());
        if (!program.isAlive()) {
            throw new AssertionError("ended before it was " + probe + "; its output:\n" + program.output());
        }
    }
}
