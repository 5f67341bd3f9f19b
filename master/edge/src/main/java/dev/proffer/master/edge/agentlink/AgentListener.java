package dev.proffer.master.edge.agentlink;

import dev.proffer.master.core.LinkId;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Listens for agents, whoever leads. A master that does not lead hangs up on them at once: they look elsewhere. Opening
 * and closing may be done by any thread.
 */
public final class AgentListener implements AutoCloseable {
    private static final String FRAMES = "frames";
    private static final int LENGTH_BYTES = 4;

    private final AgentLinkSettings settings;
    private final Optional<SslContext> tls;
    private final AgentAuthenticator authenticator;
    private final Supplier<Optional<TermLinks>> leading;
    private final EventLoopGroup loops;
    private final Channel server;
    private final AtomicInteger connections = new AtomicInteger();

    private AgentListener(
            AgentLinkSettings settings,
            Optional<SslContext> tls,
            AgentAuthenticator authenticator,
            Supplier<Optional<TermLinks>> leading) {
        this.settings = settings;
        this.tls = tls;
        this.authenticator = authenticator;
        this.leading = leading;
        this.loops = new NioEventLoopGroup(settings.threads(), new DefaultThreadFactory("agent-link", true));
        try {
            this.server = bind();
        } catch (RuntimeException cannotListen) {
            var _ = loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw cannotListen;
        }
    }

    /**
     * Opens the port.
     *
     * @param tls absent for plain TCP
     * @param authenticator finds out who agents are
     * @param leading the links of the term that this master leads in, if it leads
     * @throws IllegalStateException if the port cannot be had
     */
    public static AgentListener open(
            AgentLinkSettings settings,
            Optional<SslContext> tls,
            AgentAuthenticator authenticator,
            Supplier<Optional<TermLinks>> leading) {
        return new AgentListener(settings, tls, authenticator, leading);
    }

    public int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** Closes the port and all connections. */
    @Override
    public void close() {
        server.close().awaitUninterruptibly();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private Channel bind() {
        int limit = settings.backlogLimit();
        var binding = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(limit / 2, limit))
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                })
                .bind(settings.host(), settings.port())
                .awaitUninterruptibly();
        if (!binding.isSuccess()) {
            throw new IllegalStateException(
                    "cannot listen for agents on " + settings.host() + ":" + settings.port() + ": "
                            + binding.cause().getMessage(),
                    binding.cause());
        }
        return binding.channel();
    }

    private void accept(Channel channel) {
        channel.closeFuture().addListener(_ -> connections.decrementAndGet());
        var links = leading.get();
        if (connections.incrementAndGet() > settings.linksAtMost() || links.isEmpty()) {
            var _ = channel.close();
            return;
        }
        var pipeline = channel.pipeline();
        tls.ifPresent(secure -> pipeline.addLast(secure.newHandler(channel.alloc())));
        pipeline.addLast(new IdleStateHandler(settings.silenceTimeout().toMillis(), 0, 0, TimeUnit.MILLISECONDS));
        pipeline.addLast(FRAMES, frames(settings.helloLimit()));
        pipeline.addLast(new AgentFrameDecoder());
        pipeline.addLast(new FlowControlHandler());
        var link = new AgentLink(
                new LinkId(UUID.randomUUID().toString()),
                links.get(),
                channel,
                new LinkOutput(channel, settings.frameLimit()),
                settings.helloTimeout(),
                () -> pipeline.replace(FRAMES, FRAMES, frames(settings.frameLimit())));
        pipeline.addLast(new AgentGate(authenticator, link));
        pipeline.addLast(link);
    }

    private static LengthFieldBasedFrameDecoder frames(int limit) {
        return new LengthFieldBasedFrameDecoder(limit, 0, LENGTH_BYTES, 0, LENGTH_BYTES);
    }
}
