package dev.proffer.agent.edge.link;

import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.link.Hello;
import dev.proffer.protocol.link.Renewal;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Proves to the master who this agent is, with the token in a file: when the link begins, and when the file has changed. */
final class LinkToken {
    private static final Logger LOG = LoggerFactory.getLogger(LinkToken.class);

    private final Optional<Path> file;
    private final Duration lookEvery;

    /** @param file absent where the master asks for no proof */
    LinkToken(Optional<Path> file, Duration lookEvery) {
        this.file = file;
        this.lookEvery = lookEvery;
    }

    /** The Hello with the token as it is now; newer ones follow on the channel for as long as it is open. */
    Hello sign(Hello hello, Channel channel) {
        if (file.isEmpty()) {
            return hello;
        }
        var token = read(file.get());
        follow(file.get(), token, channel);
        return token.map(known -> hello.toBuilder().setToken(known).build()).orElse(hello);
    }

    private void follow(Path path, Optional<String> first, Channel channel) {
        var looking = new Runnable() {
            private String sent = first.orElse("");

            @Override
            public void run() {
                read(path).filter(token -> !token.equals(sent)).ifPresent(token -> {
                    sent = token;
                    var renewal = AgentFrame.newBuilder()
                            .setRenewal(Renewal.newBuilder().setToken(token))
                            .build();
                    var _ = channel.writeAndFlush(Unpooled.wrappedBuffer(renewal.toByteArray()), channel.voidPromise());
                });
            }
        };
        long millis = lookEvery.toMillis();
        var looks = channel.eventLoop().scheduleWithFixedDelay(looking, millis, millis, TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(_ -> looks.cancel(false));
    }

    /** Without one the master says what is missing. */
    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.US_ASCII).strip())
                    .filter(token -> !token.isEmpty());
        } catch (IOException e) {
            LOG.error("the agent's token cannot be read file={}: {}", file, e.toString());
            return Optional.empty();
        }
    }
}
