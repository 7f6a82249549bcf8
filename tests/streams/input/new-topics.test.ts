import { describeNewTopics } from '../../../streams/input/new-topics.ts'

const topic = (name: string) => ({ name, topicId: `id of ${name}`, partitionCount: 1 })

test('a topic that the first broker does not know yet is looked for again', async () => {
  const answers = [[], [topic('a')], [topic('a'), topic('b')]]
  const client = { describeTopics: () => Promise.resolve(answers.shift()!) }
  expect(await describeNewTopics(client, ['a', 'b'])).toEqual([topic('a'), topic('b')])
  expect(answers).toEqual([])
})
