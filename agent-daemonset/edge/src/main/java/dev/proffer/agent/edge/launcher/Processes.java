package dev.proffer.agent.edge.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * The machine's processes. Sessions, whole command lines and environments are read below {@code /proc}; where there is none
 * (macOS), a task's processes are its supervisor's descendants alone.
 */
public final class Processes {
    /** Of the fields behind the command in {@code /proc/PID/stat}: state, parent, group, session. */
    private static final int SESSION = 3;

    private final Path proc;

    Processes(Path proc) {
        this.proc = proc;
    }

    public static Processes ofMachine() {
        return new Processes(Path.of("/proc"));
    }

    /** Whether that word is one of the process's arguments. */
    public boolean hasArgument(ProcessHandle process, String word) {
        try {
            var line = Files.readString(file(process, "cmdline"), StandardCharsets.ISO_8859_1);
            return Arrays.asList(line.split("\0")).contains(word);
        } catch (IOException gone) {
            var arguments = process.info().arguments();
            return arguments.isPresent() && Arrays.asList(arguments.get()).contains(word);
        }
    }

    /** Whether the environment that the process was started with has that variable with that value. */
    public boolean hasInEnvironment(ProcessHandle process, String variable, String value) {
        try {
            var variables = Files.readString(file(process, "environ"), StandardCharsets.ISO_8859_1);
            return ("\0" + variables).contains("\0" + variable + "=" + value + "\0");
        } catch (IOException goneOrNotOurs) {
            return false;
        }
    }

    /** The descendants of a process, without itself, and all of a session. */
    public Collection<ProcessHandle> below(ProcessHandle parent, OptionalLong session) {
        var found = new LinkedHashMap<Long, ProcessHandle>();
        parent.descendants().forEach(process -> found.put(process.pid(), process));
        session.ifPresent(id -> ofSession(id).forEach(process -> found.put(process.pid(), process)));
        found.remove(parent.pid());
        return found.values();
    }

    public List<ProcessHandle> ofSession(long session) {
        return matching(process -> isOfSession(process, session));
    }

    public List<ProcessHandle> matching(Predicate<ProcessHandle> condition) {
        return ProcessHandle.allProcesses().filter(condition).toList();
    }

    /** A process that has ended and was not waited for yet is none any more. */
    public boolean runs(ProcessHandle process) {
        return process.isAlive() && !stat(process, 0).equals("Z");
    }

    private boolean isOfSession(ProcessHandle process, long session) {
        return stat(process, SESSION).equals(Long.toString(session));
    }

    private String stat(ProcessHandle process, int field) {
        try {
            var stat = Files.readString(file(process, "stat"), StandardCharsets.ISO_8859_1);
            // The command stands in parentheses and may contain anything, parentheses included.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields.length > field ? fields[field] : "";
        } catch (IOException gone) {
            return "";
        }
    }

    private Path file(ProcessHandle process, String name) {
        return proc.resolve(Long.toString(process.pid())).resolve(name);
    }
}
