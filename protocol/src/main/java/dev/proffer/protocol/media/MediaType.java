package dev.proffer.protocol.media;

import java.util.Optional;

/** The encodings that the HTTP APIs speak. */
public enum MediaType {
    JSON("application/json"),
    PROTOBUF("application/x-protobuf");

    private final String contentType;

    MediaType(String contentType) {
        this.contentType = contentType;
    }

    /**
     * The media type that a {@code Content-Type} header names. As in Mesos it must be exact: case counts and parameters
     * are not understood.
     */
    public static Optional<MediaType> ofContentType(String header) {
        for (var mediaType : values()) {
            if (mediaType.contentType.equals(header)) {
                return Optional.of(mediaType);
            }
        }
        return Optional.empty();
    }

    /** The value of the {@code Content-Type} header, of single messages and of streams of them alike. */
    public String contentType() {
        return contentType;
    }

    public MessageCodec codec() {
        return switch (this) {
            case JSON -> JsonCodec.INSTANCE;
            case PROTOBUF -> ProtobufCodec.INSTANCE;
        };
    }
}
