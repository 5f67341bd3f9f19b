package dev.proffer.agent.edge.sandbox;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.List;
import java.util.Set;

/**
 * Reads files in sandboxes, whose owners may put anything there: links to files of others, pipes that nobody writes to. From
 * the sandbox on each step is taken relative to the folder that the one before opened, and no link is followed; so nothing that
 * is changed meanwhile leads out of it.
 */
final class SandboxFiles {
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private SandboxFiles() {}

    /**
     * @param data of a file, from the place asked for
     * @param size of the file
     */
    record Part(ByteString data, long size) {}

    /**
     * Reads a part of a plain file.
     *
     * @param path the file's names below the sandbox, none of which leads elsewhere by itself
     * @throws NoSuchFileException if there is no plain file of that name, or a link on the way to it
     */
    static Part read(Path sandbox, List<String> path, long offset, int length) throws IOException {
        // The folder itself is the agent's own, and so is the way to it.
        if (!Files.isDirectory(sandbox, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(sandbox.toString());
        }
        try (var folder = Files.newDirectoryStream(sandbox)) {
            if (folder instanceof SecureDirectoryStream<Path> secure) {
                return read(secure, path, offset, length);
            }
            throw new IOException("this system opens no files relative to a folder, so no sandbox can be read safely");
        }
    }

    private static Part read(SecureDirectoryStream<Path> folder, List<String> path, long offset, int length)
            throws IOException {
        var name = Path.of(path.getFirst());
        var attributes = folder.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
        boolean last = path.size() == 1;
        if (last ? !attributes.isRegularFile() : !attributes.isDirectory()) {
            throw new NoSuchFileException(String.join("/", path));
        }
        if (last) {
            try (var file = folder.newByteChannel(name, READ)) {
                return part(file, offset, length);
            }
        }
        try (var next = folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            return read(next, path.subList(1, path.size()), offset, length);
        }
    }

    private static Part part(SeekableByteChannel file, long offset, int length) throws IOException {
        long size = file.size();
        var buffer = ByteBuffer.allocate(Math.toIntExact(Math.clamp(size - offset, 0, length)));
        file.position(Math.min(offset, size));
        while (buffer.hasRemaining() && file.read(buffer) >= 0) {
            // Until it is full, or the file turns out to be shorter.
        }
        return new Part(ByteString.copyFrom(buffer.flip()), size);
    }
}
