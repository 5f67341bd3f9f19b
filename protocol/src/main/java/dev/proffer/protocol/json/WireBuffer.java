package dev.proffer.protocol.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Protobuf bytes that grow. */
final class WireBuffer {
    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /**
     * The length of a message is known only after it. So that nothing has to move, its place has a fixed width: a varint
     * may be longer than it needs to be.
     */
    private static final int LENGTH_WIDTH = 4;

    private static final int LARGEST_LENGTH = (1 << (7 * LENGTH_WIDTH)) - 1;
    private static final int LONGEST_VARINT = 10;

    private byte[] bytes;
    private int size;

    WireBuffer(int capacity) {
        bytes = new byte[Math.max(16, capacity)];
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    void putVarint(long value) {
        ensure(LONGEST_VARINT);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    void putDouble(double value) {
        ensure(Long.BYTES);
        LITTLE_ENDIAN.set(bytes, size, Double.doubleToRawLongBits(value));
        size += Long.BYTES;
    }

    void putBytes(byte[] source) {
        putVarint(source.length);
        ensure(source.length);
        System.arraycopy(source, 0, bytes, size, source.length);
        size += source.length;
    }

    /** Leaves room for the length of what follows until {@link #end}, to which the result belongs. */
    int begin() {
        ensure(LENGTH_WIDTH);
        size += LENGTH_WIDTH;
        return size;
    }

    void end(int start) {
        int length = size - start;
        if (length > LARGEST_LENGTH) {
            throw new IllegalStateException("a message of " + length + " bytes is too long");
        }
        int rest = length;
        for (int i = start - LENGTH_WIDTH; i < start - 1; i++) {
            bytes[i] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[start - 1] = (byte) rest;
    }

    /**
     * Writes characters as a UTF-8 string.
     *
     * @return false if they contain half a surrogate pair; what was written then is of no use
     */
    boolean putString(char[] characters, int offset, int length) {
        int start = begin();
        ensure(3 * length);
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            char character = characters[i];
            if (character < 0x80) {
                bytes[size++] = (byte) character;
            } else if (character < 0x800) {
                bytes[size++] = (byte) (0xc0 | (character >> 6));
                bytes[size++] = (byte) (0x80 | (character & 0x3f));
            } else if (!Character.isSurrogate(character)) {
                bytes[size++] = (byte) (0xe0 | (character >> 12));
                bytes[size++] = (byte) (0x80 | ((character >> 6) & 0x3f));
                bytes[size++] = (byte) (0x80 | (character & 0x3f));
            } else if (i + 1 < end && Character.isSurrogatePair(character, characters[i + 1])) {
                putSupplementary(Character.toCodePoint(character, characters[++i]));
            } else {
                return false;
            }
        }
        end(start);
        return true;
    }

    private void putSupplementary(int codePoint) {
        bytes[size++] = (byte) (0xf0 | (codePoint >> 18));
        bytes[size++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
        bytes[size++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
        bytes[size++] = (byte) (0x80 | (codePoint & 0x3f));
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.addExact(size, Math.max(more, size)));
        }
    }
}
