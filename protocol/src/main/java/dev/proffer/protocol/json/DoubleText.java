package dev.proffer.protocol.json;

import java.math.BigDecimal;

/** The text of a double in JSON: plain between 1e-6 and 1e21, with an exponent beyond, and a word where JSON has no number. */
final class DoubleText {
    private static final double SMALLEST_PLAIN = 1e-6;
    private static final double LARGEST_PLAIN = 1e21;

    private DoubleText() {}

    static String of(double value) {
        if (!Double.isFinite(value)) {
            return '"' + Double.toString(value) + '"';
        }
        double magnitude = Math.abs(value);
        if (magnitude != 0 && (magnitude < SMALLEST_PLAIN || magnitude >= LARGEST_PLAIN)) {
            return Double.toString(value).replace(".0E", "e").replace('E', 'e');
        }
        var text = new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
        return text.contains(".") ? text : text + ".0";
    }
}
