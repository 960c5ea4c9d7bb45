// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.mllib.storage.ModelFormatException;
import io.millrace.mllib.tuning.TrainValidationSplitModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models whose metadata do not fit their data are refused when they are loaded, with the file and the reason. */
class DamagedLinearModelsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mlp | \\[4,5,3\\] | [4,6,3] | have another number",
                "mlp | \"layers\":\\[4,5,3\\], | | parameter layers has no value",
                "nb-gaussian | \"gaussian\" | \"poisson\" | parameter modelType is poisson",
                "nb-multinomial | \"multinomial\" | \"gaussian\" | sigma is 0 x 0",
                "svc | \"threshold\":0.0 | \"threshold\":[] | parameter threshold is []",
                "aft | \\[0.1,0.5,0.9\\] | [0.1,1.5] | quantileProbabilities has 1.5",
                "isotonic | \"featureIndex\":0 | \"featureIndex\":-1 | featureIndex is -1",
                "isotonic | \"featureIndex\":0 | \"featureIndex\":99999999999 | within int",
                "glm-tweedie | \"tweedie\" | \"weibull\" | parameter family is weibull",
                "glm-poisson-sqrt | \"sqrt\" | \"logit\" | parameter link is logit",
                "ovr-lr | \"numClasses\":3 | \"numClasses\":4 | model_3: no such folder",
                "ovr-lr | \"numClasses\":3 | \"numClasses\":0 | numClasses is 0",
                "ovr-lr | nominal | what | labelMetadata is not that of a column: Cannot recognize type what",
                "ovr-lr | num_vals..:3 | num_vals\\\\\":3.5 | labelMetadata is not that of a column",
                "ovr-lr | labelMetadata | noMetadata | labelMetadata is missing"
            })
    void refusesMetadataThatDoNotFit(String name, String pattern, String replacement, String reason)
            throws IOException {
        Path model = copy(name);
        change(model, pattern, replacement == null ? "" : replacement);
        assertThatThrownBy(() -> MllibModels.load(model))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("model")
                .hasMessageContaining(reason);
    }

    @Test
    void refusesASelectionWithoutABestModel() throws IOException {
        Path model = copy("crossvalidator-lr");
        Files.move(model.resolve("bestModel"), model.resolve("worstModel"));
        assertThatThrownBy(() -> MllibModels.load(model))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("bestModel: no such folder");
    }

    @Test
    void refusesOneAgainstTheRestOfWhatIsNoClassifier() throws IOException {
        Path model = copy("ovr-lr");
        Files.move(model.resolve("model_1"), model.resolve("away"));
        copy("linreg", model.resolve("model_1"));
        assertThatThrownBy(() -> MllibModels.load(model))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("model_1: is a LinearRegressionModel where a ClassificationModel belongs");
    }

    @Test
    void doesNotLookAtWhatASelectionDidNotChoose() throws IOException {
        Path model = copy("trainvalidation-linreg");
        change(model.resolve("estimator"), "\"class\":\"[^\"]*\"", "\"class\":\"com.example.Unknown\"");
        assertThat(MllibModels.load(model)).isInstanceOf(TrainValidationSplitModel.class);
    }

    private Path copy(String name) throws IOException {
        return copy(name, folder.resolve("model"));
    }

    private static Path copy(String name, Path target) throws IOException {
        Path source = Path.of(URI.create(String.valueOf(DamagedLinearModelsTest.class.getResource("/mllib-cases"))))
                .resolve(name)
                .resolve("model");
        try (Stream<Path> files = Files.walk(source)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, target.resolve(source.relativize(file).toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return target;
    }

    private static void change(Path model, String pattern, String replacement) throws IOException {
        List<Path> parts;
        try (Stream<Path> files = Files.list(model.resolve("metadata"))) {
            parts = files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .toList();
        }
        boolean changed = false;
        for (Path part : parts) {
            String text = Files.readString(part);
            String other = text.replaceAll(pattern, replacement);
            changed |= !text.equals(other);
            Files.writeString(part, other);
        }
        assertThat(changed).as("metadata with %s", pattern).isTrue();
    }
}
