// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.mllib.MllibModels;
import io.millrace.mllib.classification.LogisticRegressionModel;
import io.millrace.mllib.feature.Tokenizer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where models are loaded from, and what is no model. */
class ModelSourceTest {

    private static final String FOLDER = "models/a model";

    @TempDir
    Path directory;

    private Path jar;
    private Path saved;

    @BeforeEach
    void makeAJar() throws IOException {
        saved = Path.of(URI.create(String.valueOf(getClass().getResource("/mllib-cases/lr-binomial/model"))));
        jar = directory.resolve("with a blank.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> paths = Files.walk(saved)) {
            for (Path path : paths.toList()) {
                String name = FOLDER + "/" + saved.relativize(path).toString().replace('\\', '/');
                if (Files.isDirectory(path)) {
                    entries.putNextEntry(new JarEntry(name.endsWith("/") ? name : name + "/"));
                } else {
                    entries.putNextEntry(new JarEntry(name));
                    Files.copy(path, entries);
                }
            }
        }
    }

    @Test
    void aDirectoryAJarAndAFileSystemGiveTheSameModel() throws IOException {
        LogisticRegressionModel local = MllibModels.load(saved, LogisticRegressionModel.class);
        Vector row = Vectors.zeros(local.numFeatures());
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
                ModelSource resource = ModelSource.resource(loader, FOLDER)) {
            LogisticRegressionModel model = MllibModels.load(resource, LogisticRegressionModel.class);
            assertThat(model.predictRaw(row)).isEqualTo(local.predictRaw(row));
        }
        try (FileSystem zip = FileSystems.newFileSystem(jar)) {
            LogisticRegressionModel model =
                    MllibModels.load(ModelSource.in(zip, "/" + FOLDER), LogisticRegressionModel.class);
            assertThat(model.predictRaw(row)).isEqualTo(local.predictRaw(row));
        }
    }

    @Test
    void aJarNeedNotNameItsFolders() throws IOException {
        Path bare = directory.resolve("bare.jar");
        try (OutputStream out = Files.newOutputStream(bare);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> paths = Files.walk(saved)) {
            // Spark writes it, the cases here leave it out
            entries.putNextEntry(new JarEntry(FOLDER + "/metadata/_SUCCESS"));
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                entries.putNextEntry(new JarEntry(
                        FOLDER + "/" + saved.relativize(path).toString().replace('\\', '/')));
                Files.copy(path, entries);
            }
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {bare.toUri().toURL()}, null);
                ModelSource resource = ModelSource.resource(loader, FOLDER)) {
            assertThat(MllibModels.load(resource).uid())
                    .isEqualTo(MllibModels.load(saved).uid());
        }
    }

    @Test
    void aClosedSourceLetsGoOfItsJar() throws IOException {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            for (int i = 0; i < 2; i++) {
                try (ModelSource resource = ModelSource.resource(loader, "/" + FOLDER)) {
                    assertThat(MllibModels.load(resource).uid()).isNotEmpty();
                }
            }
        }
    }

    @Test
    void whatIsNotThereIsNamed() throws IOException {
        assertThatThrownBy(() -> ModelSource.resource(getClass().getClassLoader(), "models/none"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("models/none: no such resource");
        assertThatThrownBy(() -> MllibModels.load(directory.resolve("none")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("none/metadata: no such folder");
        assertThatThrownBy(() -> MllibModels.load(saved, Tokenizer.class))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("is a LogisticRegressionModel, not a Tokenizer");
    }

    @Test
    void whatSparkConnectSavedIsRefusedWithAWayOut() throws IOException {
        Path local = Files.createDirectory(directory.resolve("connect"));
        for (String file : List.of("metadata", "data")) {
            Files.write(local.resolve(file), new byte[] {1, 2, 3});
        }
        assertThatThrownBy(() -> MllibModels.load(local))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("connect/metadata: is a file where a folder belongs")
                .hasMessageContaining("write().save(path)");
    }

    @Test
    void aClassThatIsNotListedIsNotLookedFor() throws IOException {
        Path model = Files.createDirectory(directory.resolve("foreign"));
        Path metadata = Files.createDirectory(model.resolve("metadata"));
        Files.writeString(
                metadata.resolve("part-00000"),
                "{\"class\":\"java.lang.Runtime\",\"timestamp\":1,\"sparkVersion\":\"4.1.0\",\"uid\":\"x\",\"paramMap\":{},"
                        + "\"defaultParamMap\":{}}");
        assertThatThrownBy(() -> MllibModels.load(model))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("java.lang.Runtime");
    }
}
