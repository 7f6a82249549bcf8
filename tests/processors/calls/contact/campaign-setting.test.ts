import { campaignSetting } from '../../../../processors/calls/contact/campaign-setting.ts'

test('a list in order of interest needs a product', () => {
  const fault = (order: 'expected-value' | 'best-interest', product: string | null) =>
    campaignSetting.validate!(
      {
        ...{ description: 'Loans', purpose: 'marketing', channel: 'call', jurisdiction: 'cn' },
        ...{ state: 'running', pacing: 'progressive', order, product },
      },
      undefined,
    )
  expect(fault('best-interest', null)).toContain('Name the `product`')
  expect(fault('best-interest', 'consumer-loan')).toBeUndefined()
  expect(fault('expected-value', null)).toBeUndefined()
})
