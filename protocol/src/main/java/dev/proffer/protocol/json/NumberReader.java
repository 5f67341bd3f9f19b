package dev.proffer.protocol.json;

import com.fasterxml.jackson.core.JsonParser;
import dev.proffer.protocol.message.MalformedMessageException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;

/** Numbers as Mesos reads them: a string may stand for one, and integers lose their fraction. */
final class NumberReader {
    private static final int LONGEST_TEXT = 64;
    private static final double TWO_TO_64 = 0x1p64;
    private static final double TWO_TO_63 = 0x1p63;

    private NumberReader() {}

    /** The double that the parser stands at. */
    static double real(JsonParser parser) throws IOException, MalformedMessageException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> finite(parser, parser.getDoubleValue());
            case VALUE_STRING -> {
                var text = parser.getText();
                yield switch (text) {
                    case "Infinity" -> Double.POSITIVE_INFINITY;
                    case "-Infinity" -> Double.NEGATIVE_INFINITY;
                    case "NaN" -> Double.NaN;
                    default ->
                        finite(parser, decimal(parser, FieldKind.DOUBLE, text).doubleValue());
                };
            }
            default -> throw JsonFault.unexpected(parser, FieldKind.DOUBLE.expectation);
        };
    }

    private static double finite(JsonParser parser, double value) throws MalformedMessageException {
        if (Double.isInfinite(value)) {
            throw JsonFault.at(parser, "the number is larger than a double can be");
        }
        return value;
    }

    /** The integer that the parser stands at, in the 64 bits that {@code kind} has on the wire. */
    static long integer(JsonParser parser, FieldKind kind) throws IOException, MalformedMessageException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT -> {
                if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                    yield large(parser, kind, parser.getBigIntegerValue());
                }
                yield inRange(parser, kind, parser.getLongValue());
            }
            case VALUE_NUMBER_FLOAT -> truncated(parser, kind, parser.getDoubleValue());
            case VALUE_STRING -> textual(parser, kind);
            default -> throw JsonFault.unexpected(parser, kind.expectation);
        };
    }

    private static long truncated(JsonParser parser, FieldKind kind, double value) throws MalformedMessageException {
        if (Math.abs(value) < TWO_TO_63) {
            return inRange(parser, kind, (long) value);
        }
        if (Math.abs(value) > TWO_TO_64) {
            throw outOfRange(parser, kind);
        }
        return large(parser, kind, new BigDecimal(value).toBigInteger());
    }

    private static long textual(JsonParser parser, FieldKind kind) throws IOException, MalformedMessageException {
        var decimal = decimal(parser, kind, parser.getText());
        double rough = Math.abs(decimal.doubleValue());
        // A short text can state a number of a billion digits, so it must not be made an integer before this.
        if (rough < 1) {
            return 0;
        }
        if (rough > TWO_TO_64) {
            throw outOfRange(parser, kind);
        }
        return large(parser, kind, decimal.toBigInteger());
    }

    private static BigDecimal decimal(JsonParser parser, FieldKind kind, String text) throws MalformedMessageException {
        try {
            if (text.length() <= LONGEST_TEXT) {
                return new BigDecimal(text);
            }
        } catch (NumberFormatException noNumber) {
            // Said below.
        }
        throw JsonFault.at(parser, "expected " + kind.expectation + ", but found the string " + JsonFault.quote(text));
    }

    private static long large(JsonParser parser, FieldKind kind, BigInteger value) throws MalformedMessageException {
        if (value.bitLength() < Long.SIZE) {
            return inRange(parser, kind, value.longValue());
        }
        if (kind == FieldKind.UINT64 && value.signum() > 0 && value.bitLength() == Long.SIZE) {
            return value.longValue();
        }
        throw outOfRange(parser, kind);
    }

    private static long inRange(JsonParser parser, FieldKind kind, long value) throws MalformedMessageException {
        boolean fits = switch (kind) {
            case INT32 -> value == (int) value;
            case UINT32 -> value >= 0 && value <= 0xffff_ffffL;
            case UINT64 -> value >= 0;
            case INT64 -> true;
            case BOOL, DOUBLE, STRING, BYTES, ENUM, MESSAGE ->
                throw new IllegalArgumentException(kind + " is no integer");
        };
        if (!fits) {
            throw outOfRange(parser, kind);
        }
        return value;
    }

    private static MalformedMessageException outOfRange(JsonParser parser, FieldKind kind) {
        return JsonFault.at(parser, "the number does not fit " + kind.name().toLowerCase(Locale.ROOT));
    }
}
