package dev.proffer.agent.edge.problems;

import java.io.IOException;

/** Something could not be done because of a problem that people can do something about. */
public final class ProblemException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.message());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
