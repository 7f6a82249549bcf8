import { makeKey } from '../../../api/access/make-key.ts'
import { builtInRoles } from '../../../api/access/roles.ts'
import { describeWithBrowser } from '../../support/browser.ts'
import { requiredAccess } from '../../api/api-under-test.ts'
import { openPage, type OpenPage } from './open-page.ts'

describeWithBrowser('the page while access is required', () => {
  let open: OpenPage
  let key: string
  beforeAll(async () => {
    const roles = ['viewer']
    open = await openPage(
      async ({ database }) => {
        const wanted = { name: 'Vera', roles, salespersonId: null, teamId: null, days: 1, createdBy: 'security' }
        key = (await makeKey(database, wanted)).text
      },
      { access: requiredAccess(builtInRoles) },
    )
  })
  afterAll(() => open.close())

  const enter = async (credential: string) => {
    await open.page.getByLabel('API key or token').fill(credential)
    await open.page.getByRole('button', { name: 'Sign in' }).click()
  }

  test('asks for a key, says why one is refused, and goes live with a valid one until the user signs out', async () => {
    const { page } = open
    await enter('not-a-key')
    await page.getByRole('alert').getByText('The credential is no API key').waitFor()
    await enter(key)
    await page.getByText('Live', { exact: true }).waitFor()
    expect(await page.getByLabel('API key or token').count()).toBe(0)
    expect(page.url()).not.toContain(key)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('API key or token').waitFor()
  })
})
