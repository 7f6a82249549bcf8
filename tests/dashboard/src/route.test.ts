import { customerAddress, pageAddress, routeOf } from '../../../dashboard/src/route.ts'

const overview = { page: '', item: undefined }
const aCase = { page: 'cases', item: 'v/1 ü' }

test('everything that a page opens has an address, whatever its name', () => {
  expect(routeOf(pageAddress('cases', 'v/1 ü'), overview)).toEqual({ ...aCase, customerId: undefined })
  expect(routeOf(pageAddress('cases'), aCase)).toEqual({ page: 'cases', item: undefined, customerId: undefined })
})

test('a customer opens over the current page, and an unknown page leaves it unchanged', () => {
  expect(routeOf(customerAddress('c-1'), aCase)).toEqual({ ...aCase, customerId: 'c-1' })
  expect(routeOf('#content', aCase)).toEqual({ ...aCase, customerId: undefined })
  expect(routeOf('#/cases/%E0', overview)).toEqual({ page: 'cases', item: undefined, customerId: undefined })
  expect(routeOf('', aCase)).toEqual({ ...overview, customerId: undefined })
})
