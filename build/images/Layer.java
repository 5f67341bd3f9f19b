import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * A layer of an image, as a compressed tar in a folder of blobs.
 *
 * @param content what it is called before compression: sha256 in hexadecimal digits
 * @param blob the file, named after its own digest
 */
record Layer(String purpose, String content, Blob blob) {
    /**
     * A file that is named after its content.
     *
     * @param digest sha256 in hexadecimal digits
     */
    record Blob(String digest, long size, Path file) {
        static Blob of(byte[] content, Path folder) throws IOException {
            var digest = HexFormat.of().formatHex(sha256().digest(content));
            var file = folder.resolve(digest);
            Files.write(file, content);
            return new Blob(digest, content.length, file);
        }
    }

    private static final int BUFFER = 1 << 16;

    /** @param copy see {@link FileTree#writeTo} */
    static Layer write(String purpose, FileTree files, Optional<String> copy, Path blobs) throws IOException {
        var partial = Files.createTempFile(blobs, "partial", "");
        var compressed = sha256();
        var plain = sha256();
        try (var out = new DigestOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(partial), BUFFER), compressed);
                var zipped = new GZIPOutputStream(out, BUFFER);
                var tar = new Tar(new BufferedOutputStream(new DigestOutputStream(zipped, plain), BUFFER))) {
            files.writeTo(tar, copy);
        }
        var digest = HexFormat.of().formatHex(compressed.digest());
        var file = blobs.resolve(digest);
        Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        return new Layer(
                purpose, HexFormat.of().formatHex(plain.digest()), new Blob(digest, Files.size(file), file));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }
}
