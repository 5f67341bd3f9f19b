package dev.proffer.protocol.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** JSON text that grows, as UTF-8 bytes. */
final class JsonBuffer {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    /** Longest text of a long, and of a double in thousandths. */
    private static final int LONGEST_NUMBER = 24;

    /** Up to so many thousandths a double has at most 15 digits, which are its shortest text then. */
    private static final double MOST_THOUSANDTHS = 1e15;

    private byte[] bytes;
    private int size;

    JsonBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    void put(char ascii) {
        ensure(1);
        bytes[size++] = (byte) ascii;
    }

    void putRaw(byte[] text) {
        ensure(text.length);
        System.arraycopy(text, 0, bytes, size, text.length);
        size += text.length;
    }

    /** Writes a field's label, without the comma that it begins with where it is the first of its object. */
    void putLabel(byte[] label) {
        int comma = bytes[size - 1] == '{' ? 1 : 0;
        int length = label.length - comma;
        ensure(length);
        System.arraycopy(label, comma, bytes, size, length);
        size += length;
    }

    void putBoolean(boolean value) {
        putRaw(value ? TRUE : FALSE);
    }

    void putUnsigned(long value) {
        if (value < 0) {
            putRaw(Long.toUnsignedString(value).getBytes(StandardCharsets.US_ASCII));
        } else {
            putLong(value);
        }
    }

    void putLong(long value) {
        if (value == Long.MIN_VALUE) {
            putRaw(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
            return;
        }
        ensure(LONGEST_NUMBER);
        if (value < 0) {
            bytes[size++] = '-';
        }
        putDigits(Math.abs(value));
    }

    /** Writes the shortest text that reads back as {@code value}, with a fraction even if it is integral, as Mesos does. */
    void putDouble(double value) {
        double scaled = Math.rint(value * 1000);
        if (Math.abs(scaled) < MOST_THOUSANDTHS && scaled / 1000 == value) {
            putThousandths((long) scaled);
        } else {
            putRaw(DoubleText.of(value).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void putThousandths(long thousandths) {
        ensure(LONGEST_NUMBER);
        if (thousandths < 0) {
            bytes[size++] = '-';
        }
        long magnitude = Math.abs(thousandths);
        putDigits(magnitude / 1000);
        int fraction = (int) (magnitude % 1000);
        bytes[size++] = '.';
        bytes[size++] = (byte) ('0' + fraction / 100);
        if (fraction % 100 != 0) {
            bytes[size++] = (byte) ('0' + fraction / 10 % 10);
            if (fraction % 10 != 0) {
                bytes[size++] = (byte) ('0' + fraction % 10);
            }
        }
    }

    /** Writes a non-negative number, for which there is room. */
    private void putDigits(long value) {
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        long rest = value;
        for (int i = size + digits - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
    }

    void putBase64(byte[] source, int offset, int length) {
        put('"');
        putRaw(Base64.getEncoder().encode(Arrays.copyOfRange(source, offset, offset + length)));
        put('"');
    }

    /** Writes UTF-8 as a string. What is no UTF-8 becomes replacement characters. */
    void putString(byte[] utf8, int offset, int length) {
        int plain = 0;
        while (plain < length && isPlain(utf8[offset + plain])) {
            plain++;
        }
        ensure(length + 2);
        bytes[size++] = '"';
        System.arraycopy(utf8, offset, bytes, size, plain);
        size += plain;
        if (plain < length) {
            putSpecial(utf8, offset + plain, length - plain);
        }
        put('"');
    }

    private static boolean isPlain(byte character) {
        return character >= ' ' && character != '"' && character != '\\';
    }

    private void putSpecial(byte[] utf8, int offset, int length) {
        var text = new String(utf8, offset, length, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        ensure(text.length);
        for (byte character : text) {
            if (character < 0 || isPlain(character)) {
                ensure(1);
                bytes[size++] = character;
            } else {
                putEscaped(character);
            }
        }
    }

    private void putEscaped(byte character) {
        ensure(6);
        bytes[size++] = '\\';
        switch (character) {
            case '"', '\\' -> bytes[size++] = character;
            case '\b' -> bytes[size++] = 'b';
            case '\f' -> bytes[size++] = 'f';
            case '\n' -> bytes[size++] = 'n';
            case '\r' -> bytes[size++] = 'r';
            case '\t' -> bytes[size++] = 't';
            default -> {
                bytes[size++] = 'u';
                bytes[size++] = '0';
                bytes[size++] = '0';
                bytes[size++] = HEX[character >> 4];
                bytes[size++] = HEX[character & 0xf];
            }
        }
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.addExact(size, Math.max(more, size)));
        }
    }
}
