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
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** Opens connections to masters, on which frames go both ways. They all share one thread. */
final class Dialler implements AutoCloseable {
    private static final int FRAME_LIMIT = 16 << 20;
    private static final int LENGTH_BYTES = 4;
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    /** A master that does not read is as good as gone. */
    private static final int BACKLOG_LIMIT = 64 << 20;

    private final EventLoopGroup loop = new NioEventLoopGroup(1, new DefaultThreadFactory("master-link", true));

    /** @param receiver gets each frame's bytes */
    ChannelFuture dial(InetSocketAddress master, ChannelHandler receiver) {
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
                        opened.pipeline()
                                .addLast(
                                        new LengthFieldBasedFrameDecoder(FRAME_LIMIT, 0, LENGTH_BYTES, 0, LENGTH_BYTES))
                                .addLast(new LengthFieldPrepender(LENGTH_BYTES))
                                .addLast(receiver);
                    }
                })
                .connect(master);
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
