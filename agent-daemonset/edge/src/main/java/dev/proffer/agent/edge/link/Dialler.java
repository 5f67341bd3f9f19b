package dev.proffer.agent.edge.link;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** Opens connections to masters, on which frames go both ways. They all share one thread. */
final class Dialler implements AutoCloseable {
    private static final int FRAME_LIMIT = 16 << 20;
    private static final int LENGTH_BYTES = 4;
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    /** A master that does not read is as good as gone. */
    private static final int BACKLOG_LIMIT = 64 << 20;

    private final EventLoopGroup loop = new NioEventLoopGroup(1, new DefaultThreadFactory("master-link", true));

    private final Optional<LinkSecurity.Tls> tls;

    Dialler(Optional<LinkSecurity.Tls> tls) {
        this.tls = tls;
    }

    /**
     * @param receiver gets each frame's bytes
     * @throws SSLException if the authority's certificate cannot be used; the message names it
     */
    ChannelFuture dial(InetSocketAddress master, ChannelHandler receiver) throws SSLException {
        var context = tls.isPresent() ? Optional.of(context(tls.get())) : Optional.<SslContext>empty();
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .option(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(BACKLOG_LIMIT / 2, BACKLOG_LIMIT))
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel opened) {
                        context.ifPresent(secure -> opened.pipeline().addLast(handler(secure, opened, master)));
                        opened.pipeline()
                                .addLast(
                                        new LengthFieldBasedFrameDecoder(FRAME_LIMIT, 0, LENGTH_BYTES, 0, LENGTH_BYTES))
                                .addLast(new LengthFieldPrepender(LENGTH_BYTES))
                                .addLast(receiver);
                    }
                })
                .connect(master);
    }

    private static SslContext context(LinkSecurity.Tls tls) throws SSLException {
        var builder = SslContextBuilder.forClient().protocols("TLSv1.3", "TLSv1.2");
        try {
            tls.authority().ifPresent(file -> builder.trustManager(file.toFile()));
            return builder.build();
        } catch (IllegalArgumentException unusable) {
            throw new SSLException(
                    "the authority's certificate "
                            + tls.authority().map(Path::toString).orElse("") + " cannot be used: "
                            + unusable.getMessage(),
                    unusable);
        }
    }

    /** The master must show a certificate for the name that was dialled. */
    private static SslHandler handler(SslContext context, SocketChannel channel, InetSocketAddress master) {
        var handler = context.newHandler(channel.alloc(), master.getHostString(), master.getPort());
        var parameters = handler.engine().getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        handler.engine().setSSLParameters(parameters);
        return handler;
    }

    /** On the thread of the connections. */
    void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
