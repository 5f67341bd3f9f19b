package dev.proffer.agent.edge.journal;

import dev.proffer.protocol.journal.JournalRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * An append-only file of records, each as length (u32), CRC32C of the payload (u32) and payload. What {@link #append} has
 * returned from is on disk. A write that fails leaves the file as it was before. Confined to one thread.
 */
public final class FileJournal implements JournalFile {
    static final int HEADER_BYTES = 8;

    private final Path file;
    private FileChannel channel;
    private long size;

    private FileJournal(Path file, FileChannel channel, long size) {
        this.file = file;
        this.channel = channel;
        this.size = size;
    }

    /**
     * A journal, and what it held.
     *
     * @param cutBytes how much of a torn or damaged end was cut off; 0 normally
     */
    public record Opened(FileJournal journal, List<JournalRecord> records, long cutBytes) {
        public Opened {
            records = List.copyOf(records);
        }
    }

    /** Opens the journal, or starts an empty one. A damaged end is cut off: the records before it count. */
    public static Opened open(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            var content = JournalScan.of(Files.readAllBytes(file));
            long cut = channel.size() - content.validBytes();
            if (cut > 0) {
                channel.truncate(content.validBytes());
                channel.force(true);
            }
            channel.position(content.validBytes());
            return new Opened(new FileJournal(file, channel, content.validBytes()), content.records(), cut);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void append(List<JournalRecord> records) throws IOException {
        if (records.isEmpty()) {
            return;
        }
        var bytes = encoded(records);
        int length = bytes.remaining();
        try {
            writeAll(channel, bytes);
            channel.force(false);
        } catch (IOException e) {
            takeBack(e);
            throw e;
        }
        size += length;
    }

    @Override
    public void replaceWith(List<JournalRecord> records) throws IOException {
        var next = file.resolveSibling(file.getFileName() + ".next");
        var bytes = encoded(records);
        int length = bytes.remaining();
        var replacement = FileChannel.open(
                next,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        try {
            writeAll(replacement, bytes);
            replacement.force(true);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            syncFolder();
        } catch (IOException e) {
            replacement.close();
            throw e;
        }
        channel.close();
        channel = replacement;
        size = length;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void takeBack(IOException cause) {
        try {
            channel.truncate(size);
            channel.position(size);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** The rename itself is durable only then. */
    private void syncFolder() throws IOException {
        try (var folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static ByteBuffer encoded(List<JournalRecord> records) {
        int total = 0;
        for (var entry : records) {
            total = Math.addExact(total, HEADER_BYTES + entry.getSerializedSize());
        }
        var bytes = ByteBuffer.allocate(total);
        for (var entry : records) {
            var payload = entry.toByteArray();
            var checksum = new CRC32C();
            checksum.update(payload);
            bytes.putInt(payload.length).putInt((int) checksum.getValue()).put(payload);
        }
        return bytes.flip();
    }
}
