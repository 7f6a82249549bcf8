import { fieldAt, parsePayload } from '../../webhooks/payload.ts'

const FORM = 'application/x-www-form-urlencoded; charset=UTF-8'
const json = (text: string) => parsePayload('application/json', Buffer.from(text))
const form = (text: string) => parsePayload(FORM, Buffer.from(text))

test('nested names of a form become objects and lists', () => {
  expect(form('event=ONCRMDEALUPDATE&data%5BFIELDS%5D%5BID%5D=17&ts=1714557600')).toEqual({
    event: 'ONCRMDEALUPDATE',
    data: { FIELDS: { ID: '17' } },
    ts: '1714557600',
  })
  expect(form('leads[status][0][id]=1&leads[status][0][price]=&leads[status][1][id]=2')).toEqual({
    leads: { status: [{ id: '1', price: '' }, { id: '2' }] },
  })
  expect(form('tags[]=a&tags[]=b&odd[3]=x&a]b=c')).toEqual({ tags: ['a', 'b'], odd: { 3: 'x' }, 'a]b': 'c' })
})

test.each([
  'a=1&a=2',
  'a=1&a[b]=2',
  `a${'[b]'.repeat(20)}=1`,
  'a[__proto__][b]=1',
  Array(10_002).fill('a[]=1').join('&'),
])('the form %.30s is refused', (text) => expect(() => form(text)).toThrow(/can’t be read/))

test('integers beyond 2^53 keep their digits as text', () => {
  expect(json('{"id": 9007199254740993, "n": 5, "s": "9007199254740993"}')).toEqual({
    id: '9007199254740993',
    n: 5,
    s: '9007199254740993',
  })
})

test.each(['', '{', '{"a":1,"a":2}', '['.repeat(100), '{"__proto__":1}'])('the JSON %.20s is refused', (text) =>
  expect(() => json(text)).toThrow(/can’t be read/),
)

test('a body that is not UTF-8 is refused', () =>
  expect(() => parsePayload('application/json', Buffer.from([0x22, 0xff, 0x22]))).toThrow('not UTF-8'))

test('a field is found by its path, without inherited ones', () => {
  const payload = { auth: { application_token: 'x' }, list: [{ id: 7 }] }
  expect(fieldAt(payload, 'auth.application_token')).toBe('x')
  expect(fieldAt(payload, 'list.0.id')).toBe('7')
  for (const path of ['auth', 'auth.none', 'constructor.name', 'a.b.c']) expect(fieldAt(payload, path)).toBeUndefined()
})
