import { berka } from '../../importers/berka.ts'
import type { AccountLink, AccountTransaction, CreditLine } from '../../schemas/customers/banking.ts'
import type { Outcome } from '../../schemas/models/outcomes.ts'
import type { Profile } from '../../schemas/customers/profiles.ts'
import { countsByTopic, dataFolder, eventsOf, imported, withData } from './data-set.ts'

const files = {
  'account.asc':
    '"account_id";"district_id";"frequency";"date"\n7;1;"POPLATEK MESICNE";930105\n8;1;"POPLATEK MESICNE";930301\n',
  'client.asc': '"client_id";"birth_number";"district_id"\n1;"706213";1\n2;"450204";2\n3;"406009";2\n',
  'disp.asc': '"disp_id";"client_id";"account_id";"type"\n1;1;7;"OWNER"\n2;2;8;"OWNER"\n3;3;8;"DISPONENT"\n',
  'district.asc': 'A1;A2;A3;A4\n1;"Hl.m. Praha";"Prague";1204953\n2;"Benesov";"central Bohemia";88884\n',
  'loan.csv.gz':
    'loan_id;account_id;date;amount;duration;payments;status\n50;7;930705;96396;12;8033.0;B\n51;8;940801;1000.5;12;84.0;A\n',
  'trans_1993.asc.gz': `"trans_id";"account_id";"date";"type";"operation";"amount";"balance";"k_symbol";"bank";"account"
100;7;930105;"PRIJEM";"VKLAD";700.00;700.00;"";;
101;7;930131;"PRIJEM";"";1.30;701.30;"UROK";;
102;8;930610;"PRIJEM";"PREVOD Z UCTU";6207.00;6207.00;"DUCHOD";"YZ";"30300313"
103;8;930611;"VYDAJ";"PREVOD NA UCET";3662.00;2545.00;"SIPO";"OP";"71033382"
104;7;930712;"VYDAJ";"VYBER";64.35;636.95;"SLUZBY";;
105;7;930901;"VYBER";"VYBER";100.00;536.95;" ";;
106;7;930930;"VYDAJ";"VYBER KARTOU";100.00;436.95;"";;
`,
}

describe('berka', () => {
  it('knows clients by their birth numbers and districts from the opening of their accounts on', async () => {
    const events = await imported(berka, dataFolder(files))
    const [first, second, third] = eventsOf<Profile>(events, 'profiles')
    expect(first).toMatchObject({
      customerId: 'berka-1',
      sex: 'female',
      birthYear: 1970,
      residence: 'Hl.m. Praha, Prague',
      occurredAt: Date.UTC(1993, 0, 5),
    })
    expect(second).toMatchObject({
      customerId: 'berka-2',
      sex: 'male',
      birthYear: 1945,
      occurredAt: Date.UTC(1993, 2, 1),
    })
    expect(third).toMatchObject({ customerId: 'berka-3', sex: 'female', birthYear: 1940 })
    const links = eventsOf<AccountLink>(events, 'account-links')
    expect(links.map(({ accountId, customerId, role }) => [accountId, customerId, role])).toEqual([
      ['berka-7', 'berka-1', 'owner'],
      ['berka-8', 'berka-2', 'owner'],
      ['berka-8', 'berka-3', 'disponent'],
    ])
  })

  it('translates movements: sign by type, kind by purpose before operation', async () => {
    const movements = eventsOf<AccountTransaction>(await imported(berka, dataFolder(files)), 'account-transactions')
    expect(
      movements.map(({ amountMinor, balanceMinor, kind, category }) => [amountMinor, balanceMinor, kind, category]),
    ).toEqual([
      [70_000, 70_000, 'cash', null],
      [130, 70_130, 'interest', 'interest'],
      [620_700, 620_700, 'salary', 'pension'],
      [-366_200, 254_500, 'transfer', 'household'],
      [-6_435, 63_695, 'fee', 'statement'],
      [-10_000, 53_695, 'cash', null],
      [-10_000, 43_695, 'card', null],
    ])
    expect(movements[3]).toMatchObject({
      id: 'berka-trans-103',
      counterparty: 'OP-71033382',
      occurredAt: Date.UTC(1993, 5, 11, 12),
    })
  })

  it('emits a loan as a limit drawn at once, and leaves out its end', async () => {
    const events = await imported(berka, dataFolder(files))
    expect(
      eventsOf<CreditLine>(events, 'credit-lines').map(({ customerId, kind, amountMinor }) => [
        customerId,
        kind,
        amountMinor,
      ]),
    ).toEqual([
      ['berka-1', 'limit', 9_639_600],
      ['berka-1', 'drawdown', 9_639_600],
      ['berka-2', 'limit', 100_050],
      ['berka-2', 'drawdown', 100_050],
    ])
    expect(JSON.stringify(events)).not.toContain('status')
  })

  it('labels each quarter who takes a loan within a year, as far as transactions and loans reach', async () => {
    const asked = eventsOf<Outcome>(await imported(berka, dataFolder(files)), 'outcomes')
    const quarterEnd = (year: number, month: number) => Date.UTC(year, month, 1) - 1
    expect(asked.map(({ subjectId, value, asOf, occurredAt }) => [subjectId, value, asOf, occurredAt])).toEqual([
      ['berka-1', 1, quarterEnd(1993, 3), quarterEnd(1994, 3)],
      ['berka-2', 0, quarterEnd(1993, 3), quarterEnd(1994, 3)],
      ['berka-1', 1, quarterEnd(1993, 6), quarterEnd(1994, 6)],
      ['berka-2', 0, quarterEnd(1993, 6), quarterEnd(1994, 6)],
    ])
  })

  it.each([
    [
      'disp.asc',
      files['disp.asc'].replace('3;3;8', '3;9;8'),
      'client_id is "9", which is not in the table that it points to',
    ],
    ['disp.asc', files['disp.asc'].replace('1;1;7;"OWNER"', '1;1;7;"DISPONENT"'), 'account 7 has no owner'],
    ['client.asc', files['client.asc'].replace('706213', '7062'), 'which is not YYMMDD'],
    ['trans_1993.asc.gz', files['trans_1993.asc.gz'].replace('SIPO', 'NOVY'), 'k_symbol is "NOVY"'],
    ['trans_1993.asc.gz', files['trans_1993.asc.gz'].replace('930930', '930101'), 'goes back in time'],
  ])('refuses a broken %s', async (name, content, message) => {
    await expect(imported(berka, dataFolder({ ...files, [name]: content }))).rejects.toThrow(message)
  })

  withData('berka', 'agrees with independent counts and with account 576 as read by hand', async (path) => {
    const events = await imported(berka, path)
    expect(countsByTopic(events)).toEqual({
      profiles: 5_369,
      'account-links': 5_369,
      'account-transactions': 49_102,
      'credit-lines': 2 * 328,
      // Owners without a loan at the ends of the five quarters: 298 + 554 + 850 + 1,119 + 1,191.
      outcomes: 4_012,
    })
    const movements = eventsOf<AccountTransaction>(events, 'account-transactions')
    expect(movements.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(3_924_614_280)
    expect(eventsOf<Profile>(events, 'profiles').filter(({ sex }) => sex === 'female')).toHaveLength(2_645)
    expect(eventsOf<Outcome>(events, 'outcomes').reduce((sum, { value }) => sum + value, 0)).toBe(
      18 + 42 + 71 + 96 + 104,
    )
    const mine = movements.filter(({ accountId }) => accountId === 'berka-576')
    expect(mine.slice(0, 4).map(({ amountMinor, balanceMinor, kind }) => [amountMinor, balanceMinor, kind])).toEqual([
      [90_000, 90_000, 'cash'],
      [620_700, 710_700, 'salary'],
      [2_010, 712_710, 'interest'],
      [620_700, 1_333_410, 'salary'],
    ])
  })
})
