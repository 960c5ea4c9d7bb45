// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.cases;

import io.millrace.mllib.storage.Json;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The folder of a case. */
record CaseFiles(Path folder, Map<?, ?> description) {

    private static final int DEPTH = 100;

    static List<CaseFiles> in(Path folder) throws IOException {
        Path cases = Files.isDirectory(folder.resolve("cases")) ? folder.resolve("cases") : folder;
        List<CaseFiles> found = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(cases)) {
            for (Path path : stream) {
                Path description = path.resolve("case.json");
                if (Files.exists(description)) {
                    found.add(new CaseFiles(path, Json.parseObject(Files.readString(description), DEPTH)));
                }
            }
        }
        found.sort(Comparator.comparing(CaseFiles::name));
        return found;
    }

    String name() {
        return String.valueOf(folder.getFileName());
    }

    boolean isOnline() {
        return !Files.isDirectory(folder.resolve("model"));
    }

    CaseComparison comparison() {
        return new CaseComparison(
                description.get("compare").equals("exact"),
                !name().endsWith("-spark35"),
                !String.valueOf(description.get("note")).contains("compare as a set"));
    }

    boolean has(String file) {
        return Files.exists(folder.resolve(file));
    }

    Map<?, ?> json(String file) throws IOException {
        return Json.parseObject(Files.readString(folder.resolve(file)), DEPTH);
    }

    /** The lines of a file; none if there is no such file. */
    List<Map<?, ?>> lines(String file) throws IOException {
        List<Map<?, ?>> rows = new ArrayList<>();
        if (has(file)) {
            for (String line : Files.readAllLines(folder.resolve(file))) {
                rows.add(Json.parseObject(line, DEPTH));
            }
        }
        return rows;
    }
}
