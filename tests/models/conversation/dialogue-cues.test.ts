import { dialogueCues } from '../../../models/conversation/dialogue-cues.ts'

test.each([
  'Sorry, I don’t understand that.',
  'What do you mean by that?',
  '我没听懂，什么意思？',
  'Я не понял, повторите',
])('%s: the customer is confused', (text) => {
  expect(dialogueCues(text)).toEqual({ isConfused: true, wantsAgent: false })
})

test.each(['Can I speak to a person?', '请转人工客服', 'Хочу поговорить с оператором'])(
  '%s: a person is wanted',
  (text) => {
    expect(dialogueCues(text)).toEqual({ isConfused: false, wantsAgent: true })
  },
)

test.each(['', 'Yes, go ahead.', 'I understand.', '好的', 'Да, конечно'])('%s: neither', (text) => {
  expect(dialogueCues(text)).toEqual({ isConfused: false, wantsAgent: false })
})
