import { scores } from '../../../schemas/models/scores.ts'
import type { Topic } from '../../../schemas/topic.ts'
import { scoresWriter } from '../../../store/sink/models/scores.ts'
import { sinkTopics, writerOf } from '../../../store/sink/writers.ts'

test('the writer of a topic is found, and a topic that the database does not hold is named', () => {
  expect(writerOf(scores as Topic)).toBe(scoresWriter)
  expect(() => writerOf({ ...scores, name: 'elsewhere' } as unknown as Topic)).toThrow('The database holds nothing of elsewhere.')
})

test('a topic has one writer', () => {
  expect(new Set(sinkTopics).size).toBe(sinkTopics.length)
})
