import { foldedText, maskedText } from '../../../../features/visits/texts/masked-text.ts'

test.each([
  ['客戶對設備貸款感興趣', '客户对设备贷款感兴趣'],
  ['金额５００万，３月１日', '金额0万,0月0日'],
  ['王总和李女士在场', '◦和◦在场'],
  ['到上海某某机械有限公司', '◦'],
  ['Met Mr Smith about 12,500.00 EUR', 'met ◦ about 0 eur'],
  ['we saw Anna Berg, Carter too', 'we saw ◦, ◦ too'],
  ['三百五十万', '0万'.replace('0万', '0')],
])('%s', (text, masked) => expect(maskedText(foldedText(text))).toBe(masked))

test('words that begin a sentence are no names', () => {
  expect(maskedText('Budget is frozen. Next step is a quote.')).toBe('budget is frozen. next step is a quote.')
})
