package dev.proffer.agent.edge.cgroups;

import java.io.IOException;
import java.util.List;

/** A kernel that lacks a file which it came to have later. */
record KernelWithout(KernelFiles kernel, String file) implements KernelFiles {
    @Override
    public String read(String path) throws IOException {
        return kernel.read(path);
    }

    @Override
    public void write(String path, String text) throws IOException {
        kernel.write(path, text);
    }

    @Override
    public boolean exists(String path) {
        return !path.endsWith("/" + file) && kernel.exists(path);
    }

    @Override
    public List<String> folders(String path) throws IOException {
        return kernel.folders(path);
    }

    @Override
    public void makeFolder(String path) throws IOException {
        kernel.makeFolder(path);
    }

    @Override
    public void removeFolder(String path) throws IOException {
        kernel.removeFolder(path);
    }

    @Override
    public void signal(long pid, boolean force) {
        kernel.signal(pid, force);
    }
}
