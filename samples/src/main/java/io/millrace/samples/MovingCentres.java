// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.StreamingContext;
import io.millrace.mllib.online.DecayUnit;
import io.millrace.mllib.online.StreamingKMeans;
import io.millrace.mllib.online.StreamingKMeansModel;
import io.millrace.mllib.stream.OnlineLearning;
import io.millrace.operator.BatchTime;
import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.OutputOperator;
import io.millrace.stream.DStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Finds three clusters in points that wander, with a k-means that learns from every batch and forgets old points, and draws the way of the
 * centres.
 */
@Command(
        name = "MovingCentres",
        description = {
            "Learns three cluster centres from lines such as '1.5 -2.0', batch by batch, says where they are after each, and"
                    + " writes a picture of their way when it ends."
        },
        footer = {
            "",
            "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.MovingCentres"
                    + " -Dexec.args=\"--batch-interval 200ms --plot target/centres.png\""
        })
public final class MovingCentres implements Callable<Integer> {

    private static final Script SCRIPT = ChangingPoints.script(14);

    /** Points of two batches ago count half. */
    private static final StreamingKMeans K_MEANS = new StreamingKMeans(3).withHalfLife(48, DecayUnit.POINTS);

    private static final StreamingKMeansModel INITIAL = K_MEANS.initialModel(
            List.of(Vectors.dense(-8, 0), Vectors.dense(0, 0), Vectors.dense(8, 0)), new double[] {1, 1, 1});

    @Mixin
    private SampleOptions options = new SampleOptions();

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            defaultValue = "target/centres.png",
            description = "Where the picture is written. Default: ${DEFAULT-VALUE}")
    private Path plot = Path.of("target", "centres.png");

    /** Runs it. */
    public static void main(String... args) {
        System.setProperty("java.awt.headless", "true");
        Launcher.runJob(new MovingCentres(), args);
    }

    @Override
    public Integer call() throws Exception {
        Path folder = plot.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        CentresPlot drawing = new CentresPlot(INITIAL.clusterCenters());
        try (SampleRun run = SampleRun.of(options.builder("MovingCentres"), options, SCRIPT)) {
            DStream<Vector> points = run.context()
                    .receiverStream(run.receiver())
                    .map(MovingCentres::point)
                    .onError(ErrorPolicy.SKIP);
            points.foreachBatch((time, batch) -> drawing.addPoints(batch));
            learning(run.context()).trainOn(points).output(run.shown(new Steps(drawing, plot)));
            run.toTheEnd();
        }
        return 0;
    }

    /** Says where the centres are, and draws their way after the last batch, also if that comes by Ctrl+C. */
    private record Steps(CentresPlot drawing, Path plot) implements OutputOperator<StreamingKMeansModel> {
        @Override
        public String kind() {
            return "steps";
        }

        @Override
        public void write(BatchTime time, List<StreamingKMeansModel> models) {
            for (StreamingKMeansModel model : models) {
                drawing.addCentres(model.clusterCenters());
                System.out.println(time + "  "
                        + model.clusterCenters().stream()
                                .map(MovingCentres::text)
                                .collect(Collectors.joining("  ")));
            }
        }

        @Override
        public void close() {
            try {
                drawing.write(plot);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            System.err.println("the way of the centres is drawn in " + plot);
        }
    }

    private static OnlineLearning<Vector, StreamingKMeansModel, Integer> learning(StreamingContext context) {
        return OnlineLearning.kMeans(context, "centres", K_MEANS, INITIAL);
    }

    /** A point of its line. */
    static Vector point(String line) {
        String[] numbers = line.strip().split("\\s+", -1);
        if (numbers.length != 2) {
            throw new IllegalArgumentException("a point is two numbers, but this is '" + line + "'");
        }
        return Vectors.dense(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]));
    }

    private static String text(Vector centre) {
        return String.format(Locale.ROOT, "(%5.2f, %5.2f)", centre.apply(0), centre.apply(1));
    }
}
