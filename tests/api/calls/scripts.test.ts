import { interests } from '../../../schemas/recommendations/interests.ts'
import { profiles } from '../../../schemas/customers/profiles.ts'
import { put } from '../../store/store-under-test.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

const AT = Date.UTC(2026, 10, 9)
const profile = { sex: null, birthYear: null, registeredPlace: null, residence: null, timeZone: 'UTC', attributes: {} }

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
  await put(api.database, profiles, [
    { id: 'p1', occurredAt: AT, source: 'test', customerId: 'c-1', name: 'Ada <b>', segment: 'retail', ...profile },
    { id: 'p2', occurredAt: AT, source: 'test', customerId: 'c-2', name: null, segment: null, ...profile },
  ])
  await put(api.database, interests, [
    {
      ...{ id: 'i1', occurredAt: AT, source: 'test', customerId: 'c-1', modelId: 'm', absent: null, lookedAt: [] },
      interests: [
        { product: 'no-longer-offered', probability: 0.9 },
        { product: 'insurance', probability: 0.6 },
        { product: 'credit-card', probability: 0.4 },
      ],
    },
  ])
})
afterAll(() => api.close())

const call = async (method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, payload?: object, version?: number) => {
  const headers = version === undefined ? {} : { 'if-match': `"${version}"` }
  const answer = await api.server.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) })
  return { code: answer.statusCode, body: answer.json<Record<string, unknown>>() }
}
const textsOf = ({ body }: { readonly body: Record<string, unknown> }) =>
  (body['parts'] as { readonly id: string; readonly text: string }[]).map(({ text }) => text)

test('a customer is spoken to by name, about the offered product of most interest', async () => {
  const script = await call('GET', '/customers/c-1/script?template=any-product-en&agent=Mary')
  expect(script).toMatchObject({
    code: 200,
    body: { customerId: 'c-1', template: 'any-product-en', templateVersion: 0, language: 'en', product: 'insurance' },
  })
  expect(textsOf(script)).toContain('Good day, Ada <b>. This is Mary from your bank.')
  expect(textsOf(script)).toContain('You may have a use for our insurance: claims are paid within a week.')
  const other = await call('GET', '/customers/c-1/script?template=any-product-ru&product=credit-card&spokenAs=markup')
  expect(textsOf(other)).toContain('Здравствуйте, Ada &lt;b&gt;. Я звоню из вашего банка.')
  expect(textsOf(other)).toContain('Могу также рассказать про продукт «страховка».')
})

test('if nothing is known, the fallbacks are used', async () => {
  const script = await call('GET', '/customers/c-2/script?template=any-product-zh')
  expect(script).toMatchObject({ code: 200, body: { product: null } })
  expect(textsOf(script)).toContain('我想向您介绍一下我们最近的服务。')
})

test('a missing thing is named', async () => {
  const missing = async (url: string) => {
    const { code, body } = await call('GET', url)
    return [code, body['detail']]
  }
  expect(await missing('/customers/nobody/script?template=any-product-en')).toEqual([
    404,
    'There is no customer "nobody".',
  ])
  expect(await missing('/customers/c-1/script?template=none')).toEqual([404, 'There is no script template "none".'])
  expect(await missing('/customers/c-1/script?template=any-product-en&product=none')).toEqual([
    404,
    'The product "none" is not offered in en: add it with PUT /products/{product}.',
  ])
})

const part = { id: 'opening', text: 'Hello {{ name }}, about {{ product }}', fallback: 'Hello' }
const draft = { language: 'de', products: ['bausparen'], parts: [part], answers: [] }

test('a template is tried as a draft, then stored; a template that is not usable for everybody is refused', async () => {
  const unsaid = { ...draft, parts: [{ ...part, fallback: null }] }
  const refused = await call('PUT', '/script-templates/de', { ...unsaid, changedBy: 'me' }, 0)
  expect(refused).toMatchObject({ code: 400 })
  expect(refused.body['detail']).toMatch(/Add a `fallback`/)
  expect(await call('POST', '/script-templates/preview', { template: unsaid, customerId: 'c-1' })).toMatchObject({
    code: 400,
    body: { errors: [{ part: 'body', path: '/template' }] },
  })

  const product = { spoken: [{ language: 'de', name: 'Bausparen', advantages: [] }], changedBy: 'me' }
  expect(await call('PUT', '/products/bausparen', product, 0)).toMatchObject({ code: 200 })
  const asked = { template: draft, customerId: 'c-1', product: 'bausparen' }
  const preview = await call('POST', '/script-templates/preview', asked)
  expect(preview).toMatchObject({ code: 200, body: { template: null, templateVersion: null, product: 'bausparen' } })
  expect(textsOf(preview)).toEqual(['Hello Ada <b>, about Bausparen'])

  expect(await call('PUT', '/script-templates/de', { ...draft, changedBy: 'me' }, 0)).toMatchObject({ code: 200 })
  expect(textsOf(await call('GET', '/customers/c-1/script?template=de'))).toEqual(['Hello'])
  expect(await call('DELETE', '/script-templates/de?changedBy=me', undefined, 1)).toMatchObject({ code: 200 })
  expect(await call('GET', '/customers/c-1/script?template=de')).toMatchObject({ code: 404 })
})
