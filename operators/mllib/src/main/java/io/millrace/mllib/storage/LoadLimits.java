// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

/**
 * Bounds of what is loaded. A saved model is not trusted: what goes beyond a bound is refused before memory is taken.
 *
 * @param fileBytes the largest file, in bytes; 256 MiB by default. A Parquet file is read into memory as a whole
 * @param metadataBytes the largest metadata file, in bytes; 16 MiB by default
 * @param pageBytes the largest Parquet page after decompression, in bytes; 128 MiB by default
 * @param files how many files or folders one folder may hold; 10 000 by default
 * @param rows how many rows the part files of one folder may hold together; 20 million by default
 * @param elements the size of a vector, the entries of a matrix or the length of a list; 100 million by default
 * @param depth how deep stages, JSON and Parquet types may be nested; 32 by default
 * @param stages how many stages a model may have, those of nested pipelines included; 10 000 by default
 */
public record LoadLimits(
        long fileBytes, int metadataBytes, int pageBytes, int files, long rows, int elements, int depth, int stages) {

    public LoadLimits {
        positive("fileBytes", fileBytes);
        positive("metadataBytes", metadataBytes);
        positive("pageBytes", pageBytes);
        positive("files", files);
        positive("rows", rows);
        positive("elements", elements);
        positive("depth", depth);
        positive("stages", stages);
        if (fileBytes > Integer.MAX_VALUE - 16) {
            throw new IllegalArgumentException("fileBytes=" + fileBytes + " > " + (Integer.MAX_VALUE - 16));
        }
    }

    public static LoadLimits defaults() {
        return new LoadLimits(256L << 20, 16 << 20, 128 << 20, 10_000, 20_000_000, 100_000_000, 32, 10_000);
    }

    public LoadLimits withFileBytes(long bytes) {
        return new LoadLimits(bytes, metadataBytes, pageBytes, files, rows, elements, depth, stages);
    }

    public LoadLimits withPageBytes(int bytes) {
        return new LoadLimits(fileBytes, metadataBytes, bytes, files, rows, elements, depth, stages);
    }

    public LoadLimits withRows(long count) {
        return new LoadLimits(fileBytes, metadataBytes, pageBytes, files, count, elements, depth, stages);
    }

    public LoadLimits withElements(int count) {
        return new LoadLimits(fileBytes, metadataBytes, pageBytes, files, rows, count, depth, stages);
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + "=" + value + " <= 0");
        }
    }
}
