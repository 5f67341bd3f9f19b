package dev.proffer.master.edge;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An HTTP client that sends exactly what it is given and sees exactly what comes back, chunk by chunk. */
final class RawHttp implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    final Socket socket;
    private final InputStream input;

    /** @param headers by lower-case name */
    record Head(int status, Map<String, String> headers) {
        /** Empty if it is absent. */
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private RawHttp(Socket socket) throws IOException {
        this.socket = socket;
        this.input = new BufferedInputStream(socket.getInputStream());
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    static RawHttp over(Socket socket) throws IOException {
        return new RawHttp(socket);
    }

    static RawHttp connect(int port) throws IOException {
        return new RawHttp(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** With a receive buffer so small that the server notices soon when nothing is read. */
    static RawHttp connectWithSmallBuffer(int port) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new RawHttp(socket);
    }

    RawHttp send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** A head's lines, with nothing after it. */
    static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    /** A POST whose head is complete and whose body is JSON. */
    RawHttp postJson(String target, String body, String... moreHeaders) throws IOException {
        var head = "POST " + target
                + " HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nAccept: application/json\r\n"
                + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n";
        var more = moreHeaders.length == 0 ? "" : String.join("\r\n", moreHeaders) + "\r\n";
        socket.getOutputStream().write((head + more + "\r\n" + body).getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return this;
    }

    Head readHead() throws IOException {
        var status = Integer.parseInt(readLine().split(" ")[1]);
        var headers = new TreeMap<String, String>();
        for (var line = readLine(); !line.isEmpty(); line = readLine()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Head(status, headers);
    }

    String readBody(Head head) throws IOException {
        int length = Integer.parseInt(head.headers().getOrDefault("content-length", "0"));
        return new String(input.readNBytes(length), StandardCharsets.UTF_8);
    }

    /** The next HTTP chunk; empty for the last. */
    String readChunk() throws IOException {
        int length = Integer.parseInt(readLine(), 16);
        var chunk = input.readNBytes(length);
        readLine();
        return new String(chunk, StandardCharsets.UTF_8);
    }

    /** Whether the server hangs up, before the patience ends. */
    boolean hangsUp() throws IOException {
        try {
            while (input.read() >= 0) {
                // What it still had to say does not matter.
            }
            return true;
        } catch (SocketTimeoutException stillThere) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    private String readLine() throws IOException {
        var line = new StringBuilder();
        for (int next = input.read(); next != '\n'; next = input.read()) {
            if (next < 0) {
                throw new EOFException("the server hung up after: " + line);
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
