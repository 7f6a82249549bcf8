import { brokerProperties } from '../../deploy/broker-properties.ts'

const read = (properties: string): Map<string, string> =>
  new Map(
    properties
      .trim()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )

const kept = (settings: Map<string, string>): string[] =>
  [...settings]
    .filter(([name]) => /replication\.factor$|min\.isr$|min\.insync/.test(name))
    .map(([name, value]) => `${name}=${value}`)

test('a node alone keeps everything once and is taken for alive for long', () => {
  const settings = read(brokerProperties({ dataDirectory: '/data', port: 9092, nodeId: 1, controllerPorts: [9093] }))
  expect(kept(settings)).toHaveLength(7)
  expect(kept(settings).filter((line) => !line.endsWith('=1'))).toEqual([])
  expect(settings.get('controller.quorum.voters')).toBe('1@127.0.0.1:9093')
  expect(settings.get('broker.session.timeout.ms')).toBe('15000')
})

test('with three nodes each keeps everything and two acknowledge, also for Kafka’s own topics', () => {
  const node = { dataDirectory: '/data', port: 9096, nodeId: 2, controllerPorts: [9093, 9094, 9095] }
  const settings = read(brokerProperties({ ...node, settings: { 'num.partitions': 7 } }))
  const lines = kept(settings)
  expect(lines.filter((line) => /factor=3$/.test(line))).toHaveLength(4)
  expect(lines.filter((line) => /(isr|insync\.replicas)=2$/.test(line))).toHaveLength(3)
  expect(settings.get('controller.quorum.voters')).toBe('1@127.0.0.1:9093,2@127.0.0.1:9094,3@127.0.0.1:9095')
  expect(settings.get('listeners')).toBe('PLAINTEXT://127.0.0.1:9096,CONTROLLER://127.0.0.1:9094')
  expect(settings.has('broker.session.timeout.ms')).toBe(false)
  expect(settings.get('num.partitions')).toBe('7')
})

test('a value with backslashes, a leading space or letters outside ASCII is escaped as Java reads it', () => {
  const node = { port: 9092, nodeId: 1, controllerPorts: [9093] }
  const directoryOf = (dataDirectory: string) => read(brokerProperties({ ...node, dataDirectory })).get('log.dirs')
  expect(directoryOf('C:\\data')).toBe('C:\\\\data')
  expect(directoryOf(' data')).toBe('\\ data')
  expect(directoryOf('/home/李/é')).toBe('/home/\\u674e/\\u00e9')
  expect(directoryOf('/𝕏')).toBe('/\\ud835\\udd4f')
})
