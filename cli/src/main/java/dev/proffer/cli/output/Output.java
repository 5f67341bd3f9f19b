package dev.proffer.cli.output;

/** How a command answers; named as users type it. */
public enum Output {
    table,
    wide,
    json,
    yaml
}
