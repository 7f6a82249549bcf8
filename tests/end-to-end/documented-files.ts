/** A small bank in the file format of the data set berka. */
export const files: Readonly<Record<string, string>> = {
  'account.asc': '"account_id";"district_id";"frequency";"date"\n7;1;"POPLATEK MESICNE";930105\n',
  'client.asc': '"client_id";"birth_number";"district_id"\n1;"706213";1\n',
  'disp.asc': '"disp_id";"client_id";"account_id";"type"\n1;1;7;"OWNER"\n',
  'district.asc': 'A1;A2;A3;A4\n1;"Hl.m. Praha";"Prague";1204953\n',
  'loan.csv': 'loan_id;account_id;date;amount;duration;payments;status\n50;7;930705;96396;12;8033.0;B\n',
  'trans_1993.asc': `"trans_id";"account_id";"date";"type";"operation";"amount";"balance";"k_symbol";"bank";"account"
100;7;930105;"PRIJEM";"VKLAD";700.00;700.00;"";;
101;7;930131;"PRIJEM";"";1.30;701.30;"UROK";;
104;7;930712;"VYDAJ";"VYBER";64.35;636.95;"SLUZBY";;
`,
}
