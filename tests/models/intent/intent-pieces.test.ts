import { fitPieces, pieceReader } from '../../../models/intent/intent-pieces.ts'

const pieces = fitPieces(['My balance, please', 'balance of card', '查询余额', 'card'])

test('frequent words are pieces, rare ones and Chinese are read by letters, and nothing seen is unknown', () => {
  const read = pieceReader(pieces, 20)
  const names = (text: string) => [...read(text)].map((id) => pieces[id])
  expect(names('balance card')).toEqual(['[CLS]', 'balance', 'card'])
  expect(names('余额')).toEqual(['[CLS]', '余', '额'])
  expect(names('please')).toEqual(['[CLS]', 'p', '##l', '##e', '##a', '##s', '##e'])
  expect(names('Ünknown')).toContain('[UNK]')
})

test('of a long text the end is read, and an empty one has its mark', () => {
  const read = pieceReader(pieces, 4)
  expect([...read('balance of card card')].map((id) => pieces[id])).toEqual(['[CLS]', '##f', 'card', 'card'])
  expect(read('').length).toBe(1)
  expect(read('card '.repeat(100_000)).length).toBe(4)
})
