package dev.proffer.allocator.books;

import dev.proffer.allocator.FrameworkProfile;
import dev.proffer.allocator.amounts.Amounts;
import dev.proffer.allocator.filters.RefusalHabit;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.RolePath;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A framework and its slots. One that only agents have spoken of so far has no profile and is offered nothing. */
public final class Framework {
    private final FrameworkId id;
    private final Amounts outstanding = new Amounts();
    final SortedMap<RolePath, Slot> slots = new TreeMap<>();
    final BitSet agents = new BitSet();

    @Nullable
    FrameworkProfile profile;

    boolean active;
    final RefusalHabit habit = new RefusalHabit();
    final RecentLaunches recentLaunches = new RecentLaunches();

    Framework(FrameworkId id) {
        this.id = id;
    }

    /** What its offers that have not ended hold of plain resources. */
    public Amounts outstanding() {
        return outstanding;
    }

    public RecentLaunches recentLaunches() {
        return recentLaunches;
    }

    public FrameworkId id() {
        return id;
    }

    /** Whether it was added, rather than only spoken of by agents. */
    public boolean isKnown() {
        return profile != null;
    }

    public boolean isActive() {
        return active;
    }

    public @Nullable Slot slot(RolePath role) {
        return slots.get(role);
    }

    public List<Slot> slots() {
        return new ArrayList<>(slots.values());
    }
}
