package dev.proffer.agent.edge.cgroups;

import java.io.IOException;
import java.util.List;

/** All of the kernel that cgroups need. Paths are absolute. Any thread. */
public interface KernelFiles {

    String read(String path) throws IOException;

    /** In one write, as the kernel's files want it. The file must exist. */
    void write(String path, String text) throws IOException;

    boolean exists(String path);

    /** The names of the folders in a folder, in order; none if it does not exist. */
    List<String> folders(String path) throws IOException;

    /** One that exists is left as it is; its parent must exist. */
    void makeFolder(String path) throws IOException;

    /** One that does not exist is no error. */
    void removeFolder(String path) throws IOException;

    /** Sends SIGTERM, or SIGKILL by force. A process that is gone is no error. */
    void signal(long pid, boolean force);
}
