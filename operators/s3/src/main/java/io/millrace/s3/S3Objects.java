// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects below a prefix of a bucket. Keys are relative to it. Thread-safe, as its client is. */
final class S3Objects {

    private static final int IS_THERE = 412;
    private static final int TRY_AGAIN = 409;
    private static final int NOT_FOUND = 404;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int TRIES = 5;
    private static final int PAGE = 1000;

    private final S3Client client;
    private final String bucket;
    private final String prefix;

    /**
     * The objects below a prefix.
     *
     * @param prefix may be empty; a slash at its end is added
     */
    S3Objects(S3Client client, String bucket, String prefix) {
        if (prefix.startsWith("/")) {
            throw new IllegalArgumentException("prefix must not begin with a slash, but is '" + prefix + "'");
        }
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    }

    /** {@code s3://bucket/prefix/key}, for messages. */
    String describe(String key) {
        return "s3://" + bucket + "/" + prefix + key;
    }

    /**
     * Puts an object if there is none of that key, atomically; false if there is one. It may be this one, put by an attempt whose reply
     * was lost.
     */
    boolean putIfAbsent(String key, byte[] bytes) throws IOException {
        try {
            return put(key, bytes);
        } catch (SdkException e) {
            // A refusal may not get through, since the server closes the connection before it has read the bytes.
            if (isThere(key, e)) {
                return false;
            }
            throw failed("put", key, e);
        }
    }

    private boolean isThere(String key, SdkException problem) {
        try {
            return get(key) != null;
        } catch (IOException e) {
            problem.addSuppressed(e);
            return false;
        }
    }

    private boolean put(String key, byte[] bytes) {
        PutObjectRequest request = PutObjectRequest.builder()
                .bucket(bucket)
                .key(prefix + key)
                .ifNoneMatch("*")
                .build();
        for (int tried = 1; ; tried++) {
            try {
                client.putObject(request, RequestBody.fromBytes(bytes));
                return true;
            } catch (S3Exception e) {
                if (e.statusCode() == IS_THERE) {
                    return false;
                }
                if (e.statusCode() == NOT_IMPLEMENTED) {
                    throw ignoresConditions(e);
                }
                if (e.statusCode() != TRY_AGAIN || tried == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** The bytes of an object; null if there is none. */
    byte @Nullable [] get(String key) throws IOException {
        try {
            return client.getObjectAsBytes(request -> request.bucket(bucket).key(prefix + key))
                    .asByteArray();
        } catch (NoSuchKeyException e) {
            return null;
        } catch (SdkException e) {
            throw failed("get", key, e);
        }
    }

    /** The bytes of an object that must be there. */
    byte[] require(String key) throws IOException {
        byte[] bytes = get(key);
        if (bytes == null) {
            throw new IOException(describe(key) + " is missing");
        }
        return bytes;
    }

    /**
     * The names in a directory, of objects and of further directories, in the order of their bytes.
     *
     * @param directory ends with a slash, or is empty
     * @param after the names must be greater than this; empty for all
     * @param most how many at most
     */
    List<String> list(String directory, String after, int most) throws IOException {
        List<String> names = new ArrayList<>();
        String start = prefix + directory;
        ListObjectsV2Request.Builder request = ListObjectsV2Request.builder()
                .bucket(bucket)
                .prefix(start)
                .delimiter("/")
                .maxKeys(Math.min(PAGE, most));
        if (!after.isEmpty()) {
            request.startAfter(start + after);
        }
        try {
            ListObjectsV2Response page;
            do {
                page = client.listObjectsV2(request.build());
                for (S3Object object : page.contents()) {
                    names.add(object.key().substring(start.length()));
                }
                for (CommonPrefix directories : page.commonPrefixes()) {
                    String name = directories.prefix().substring(start.length());
                    names.add(name.substring(0, name.length() - 1));
                }
                request.continuationToken(page.nextContinuationToken());
            } while (Boolean.TRUE.equals(page.isTruncated()) && names.size() < most);
        } catch (SdkException e) {
            throw failed("list", directory, e);
        }
        names.sort(null);
        return names.size() > most ? names.subList(0, most) : names;
    }

    /** All names in a directory. */
    List<String> list(String directory) throws IOException {
        return list(directory, "", Integer.MAX_VALUE);
    }

    /** Takes an object away; nothing if there is none. */
    void delete(String key) throws IOException {
        try {
            client.deleteObject(request -> request.bucket(bucket).key(prefix + key));
        } catch (S3Exception e) {
            if (e.statusCode() != NOT_FOUND) {
                throw failed("delete", key, e);
            }
        } catch (SdkException e) {
            throw failed("delete", key, e);
        }
    }

    /**
     * Puts a probe twice: the second time must be refused.
     *
     * @throws IllegalStateException if it is not; nothing that is written there can be trusted then
     */
    void checkConditionalPuts(String directory) throws IOException {
        String probe = directory + "probe-" + UUID.randomUUID();
        byte[] first = {1};
        byte[] second = {2};
        putIfAbsent(probe, first);
        try {
            for (int tried = 1; ; tried++) {
                try {
                    if (put(probe, second)) {
                        throw ignoresConditions(null);
                    }
                    return;
                } catch (SdkException e) {
                    if (tried == TRIES) {
                        throw failed("put", probe, e);
                    }
                }
            }
        } finally {
            delete(probe);
        }
    }

    private IllegalStateException ignoresConditions(@Nullable Exception cause) {
        return new IllegalStateException(
                "the endpoint of " + describe("")
                        + " ignores If-None-Match: *, so two runs of a job could overwrite each other;"
                        + " use S3 itself or a server that supports conditional puts",
                cause);
    }

    private IOException failed(String what, String key, SdkException e) {
        return new IOException("could not " + what + " " + describe(key) + ": " + e.getMessage(), e);
    }
}
