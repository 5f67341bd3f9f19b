package dev.proffer.agent.edge.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.proffer.protocol.journal.JournalRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The records of a journal's bytes, up to the first that is incomplete or damaged.
 *
 * @param validBytes where the last whole record ends
 */
record JournalScan(List<JournalRecord> records, long validBytes) {
    static JournalScan of(byte[] content) {
        var records = new ArrayList<JournalRecord>();
        var bytes = ByteBuffer.wrap(content);
        int valid = 0;
        while (bytes.remaining() >= FileJournal.HEADER_BYTES) {
            int length = bytes.getInt();
            int checksum = bytes.getInt();
            // Nought is no record: a file system may leave zeros where an end was not written.
            if (length <= 0 || length > bytes.remaining()) {
                break;
            }
            var payload = new byte[length];
            bytes.get(payload);
            if (checksum != checksum(payload) || !add(records, payload)) {
                break;
            }
            valid = bytes.position();
        }
        return new JournalScan(records, valid);
    }

    private static int checksum(byte[] payload) {
        var checksum = new CRC32C();
        checksum.update(payload);
        return (int) checksum.getValue();
    }

    private static boolean add(List<JournalRecord> records, byte[] payload) {
        try {
            records.add(JournalRecord.parseFrom(payload));
            return true;
        } catch (InvalidProtocolBufferException damaged) {
            return false;
        }
    }
}
