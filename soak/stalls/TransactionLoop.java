import java.io.FileInputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Runs transactions of Java's own client back to back, with its defaults; prints the time of each commit. Arguments:
 * settings file, topic, its partitions, pause in ms, group.
 */
public final class TransactionLoop {
  public static void main(String[] arguments) throws Exception {
    Properties settings = new Properties();
    try (FileInputStream file = new FileInputStream(arguments[0])) {
      settings.load(file);
    }
    String topic = arguments[1];
    int partitions = Integer.parseInt(arguments[2]);
    long pauseMs = Long.parseLong(arguments[3]);
    String group = arguments[4];
    endWithStarter();
    long count = 0;
    KafkaProducer<byte[], byte[]> producer = null;
    while (true) {
      try {
        if (producer == null) {
          producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
          producer.initTransactions();
        }
        producer.beginTransaction();
        for (int partition = 0; partition < partitions; partition++)
          producer.send(new ProducerRecord<>(topic, partition, null, new byte[100]));
        producer.sendOffsetsToTransaction(
            Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(++count)), new ConsumerGroupMetadata(group));
        producer.commitTransaction();
        System.out.println(System.currentTimeMillis());
        Thread.sleep(pauseMs);
      } catch (Exception error) {
        System.err.println(error);
        try {
          if (producer != null) producer.abortTransaction();
        } catch (Exception fatal) {
          producer.close(Duration.ZERO);
          producer = null;
          Thread.sleep(100);
        }
      }
    }
  }

  /** Exits with the parent process, whose end closes the standard input. */
  private static void endWithStarter() {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {}
              } catch (Exception ignored) {
              }
              Runtime.getRuntime().halt(0);
            });
    watch.setDaemon(true);
    watch.start();
  }
}
