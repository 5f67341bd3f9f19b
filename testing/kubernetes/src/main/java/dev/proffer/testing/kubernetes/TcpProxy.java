package dev.proffer.testing.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A TCP proxy before a server: what goes through it can be cut off, held up or slowed down while all others reach the server
 * undisturbed.
 */
public final class TcpProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 * 1024;

    /** What happens to what wants to pass. */
    private sealed interface Weather {
        record Fair() implements Weather {}

        record Slow(Duration delay) implements Weather {}

        record Silent() implements Weather {}

        record Cut() implements Weather {}
    }

    private final Supplier<InetSocketAddress> server;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private Weather weather = new Weather.Fair();

    private TcpProxy(Supplier<InetSocketAddress> server, ServerSocket listener) {
        this.server = server;
        this.listener = listener;
    }

    /** Listens on a free port of the loopback interface. */
    static TcpProxy before(URI server) {
        int port = server.getPort() < 0 ? 443 : server.getPort();
        var address = new InetSocketAddress(server.getHost(), port);
        return before(() -> address);
    }

    /** {@code server} is asked for each connection, as a Service sends each to one of its endpoints. */
    public static TcpProxy before(Supplier<InetSocketAddress> server) {
        try {
            var proxy = new TcpProxy(server, new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().name("proxy").start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Connections are reset, and so is every new one. */
    public void cut() {
        become(new Weather.Cut());
        closeConnections();
    }

    /** Connections stay, new ones are taken, and nothing passes: what came meanwhile passes when this is over. */
    public void silence() {
        become(new Weather.Silent());
    }

    /** Each piece of data waits that long, in both directions. */
    public void slow(Duration delay) {
        become(new Weather.Slow(delay));
    }

    /** All is well again. */
    public void mend() {
        become(new Weather.Fair());
    }

    /** How many connections there are. */
    public int connections() {
        return sockets.size() / 2;
    }

    private synchronized void become(Weather next) {
        weather = next;
        notifyAll();
    }

    /** Waits while nothing passes. */
    private synchronized Weather passableWeather() throws InterruptedException {
        while (weather instanceof Weather.Silent) {
            wait();
        }
        return weather;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                Thread.ofVirtual().name("proxy connection").start(() -> connect(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        var upstream = new Socket();
        try {
            sockets.add(client);
            sockets.add(upstream);
            if (passableWeather() instanceof Weather.Cut) {
                reset(client);
                return;
            }
            upstream.connect(server.get());
            var answers = Thread.ofVirtual().name("proxy answers").start(() -> pass(upstream, client));
            pass(client, upstream);
            answers.join();
        } catch (IOException refused) {
            reset(client);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } finally {
            reset(client);
            reset(upstream);
            sockets.remove(client);
            sockets.remove(upstream);
        }
    }

    /** Until either end is closed; then both are. */
    private void pass(Socket from, Socket to) {
        var buffer = new byte[BUFFER_BYTES];
        try {
            var input = from.getInputStream();
            var output = to.getOutputStream();
            for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
                if (passableWeather() instanceof Weather.Slow(var delay)) {
                    Thread.sleep(delay);
                }
                output.write(buffer, 0, read);
            }
        } catch (IOException closed) {
            // The other direction ends as well.
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            close(from);
            close(to);
        }
    }

    private void closeConnections() {
        sockets.forEach(TcpProxy::reset);
    }

    /** Closes with a reset, so that the other side knows at once. */
    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException alreadyClosed) {
            // Then it is.
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
