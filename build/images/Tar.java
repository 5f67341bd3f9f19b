import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a tar (POSIX ustar, with pax headers for long names) in which nothing depends on who writes it: all belongs to root,
 * modes are 0755 or 0644 unless said, times are given.
 */
final class Tar implements AutoCloseable {
    private static final int BLOCK = 512;
    private static final int NAME = 100;

    private static final char FILE = '0';
    private static final char HARD_LINK = '1';
    private static final char SYMBOLIC_LINK = '2';
    private static final char FOLDER = '5';
    private static final char PAX = 'x';

    private final OutputStream out;

    Tar(OutputStream out) {
        this.out = out;
    }

    /** @param seconds of the last change, since 1970 */
    void folder(String path, int mode, long seconds) throws IOException {
        header(path + "/", FOLDER, "", mode, 0, seconds);
    }

    void symbolicLink(String path, String target, long seconds) throws IOException {
        header(path, SYMBOLIC_LINK, target, 0777, 0, seconds);
    }

    /** @param target a path that this tar has already */
    void hardLink(String path, String target, int mode, long seconds) throws IOException {
        header(path, HARD_LINK, target, mode, 0, seconds);
    }

    void file(String path, Path source, int mode, long seconds) throws IOException {
        long size = Files.size(source);
        header(path, FILE, "", mode, size, seconds);
        Files.copy(source, out);
        pad(size);
    }

    void file(String path, byte[] content, int mode, long seconds) throws IOException {
        header(path, FILE, "", mode, content.length, seconds);
        out.write(content);
        pad(content.length);
    }

    private void header(String path, char type, String target, int mode, long size, long seconds) throws IOException {
        var pax = pax("path", path) + pax("linkpath", target);
        if (!pax.isEmpty()) {
            var records = pax.getBytes(StandardCharsets.UTF_8);
            block("pax", PAX, "", 0644, records.length, seconds);
            out.write(records);
            pad(records.length);
        }
        block(path, type, target, mode, size, seconds);
    }

    /** Nothing for what fits a plain header. */
    private static String pax(String key, String value) {
        var length = value.getBytes(StandardCharsets.UTF_8).length;
        if (length <= NAME && length == value.length()) {
            return "";
        }
        // A record begins with its own length.
        int rest = length + key.length() + 3;
        int total = rest + String.valueOf(rest).length();
        total = rest + String.valueOf(total).length();
        return total + " " + key + "=" + value + "\n";
    }

    private void block(String path, char type, String target, int mode, long size, long seconds) throws IOException {
        var block = new byte[BLOCK];
        put(block, 0, NAME, path);
        put(block, 100, 8, "%07o".formatted(mode));
        put(block, 108, 8, "0000000");
        put(block, 116, 8, "0000000");
        put(block, 124, 12, "%011o".formatted(size));
        put(block, 136, 12, "%011o".formatted(seconds));
        put(block, 148, 8, "        ");
        block[156] = (byte) type;
        put(block, 157, NAME, target);
        put(block, 257, 8, "ustar\00000");
        put(block, 265, 32, "root");
        put(block, 297, 32, "root");
        int sum = 0;
        for (byte each : block) {
            sum += each & 0xff;
        }
        put(block, 148, 8, "%06o\0 ".formatted(sum));
        out.write(block);
    }

    private static void put(byte[] block, int offset, int length, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, offset, Math.min(bytes.length, length));
    }

    private void pad(long size) throws IOException {
        int over = (int) (size % BLOCK);
        if (over > 0) {
            out.write(new byte[BLOCK - over]);
        }
    }

    @Override
    public void close() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.close();
    }
}
