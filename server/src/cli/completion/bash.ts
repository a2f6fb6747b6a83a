import { programName } from '../io/io.ts';
import { firstWords, groupsOf, quoted, type CompletedCommand, type Offer } from './completed.ts';

/** The script that bash (3.2 or newer) completes with. */
export function bashScript(commands: readonly CompletedCommand[]): string {
  const groups = [...groupsOf(commands)];
  return `# bash completion of ${programName}: source <(${programName} completion bash)
_deploykf_values() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} IFS=$'\\n'
  local command=\${COMP_WORDS[1]} offer= files=
  # Bash makes a word of the "=" in --flag=value.
  if [[ $current == = ]]; then
    current=
  elif [[ $before == = ]]; then
    before=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  if [[ $COMP_CWORD -eq 1 ]]; then
    offer=${lines([...firstWords(commands).map(({ word }) => word), 'help', '--help', '--version'])}
  else
    case $command in
${groups.map(([word]) => groupCase(word)).join('')}    esac
    case "$command $before" in
${groups.map(([word, own]) => groupOffer(word, own)).join('')}${commands.flatMap(optionCases).join('')}      *)
        case $command in
${commands.map(commandCase).join('')}          help) offer=${lines(firstWords(commands).map(({ word }) => word))} ;;
        esac
        ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$offer" -- "$current"))
  if [[ $files ]]; then
    compopt -o filenames 2> /dev/null
    COMPREPLY+=($(compgen -f -- "$current"))
  fi
}
complete -F _deploykf_values ${programName}
`;
}

/** Two words are the command where the cursor is after both. */
function groupCase(word: string): string {
  return `      ${word}) if [[ $COMP_CWORD -gt 2 ]]; then command="${word} \${COMP_WORDS[2]}"; fi ;;\n`;
}

function groupOffer(word: string, commands: readonly CompletedCommand[]): string {
  const seconds = commands.map(({ name }) => name.slice(word.length + 1));
  return `      '${word} ${word}') offer=${lines(seconds)} ;;\n`;
}

function optionCases({ name, options }: CompletedCommand): readonly string[] {
  return options.flatMap(({ long, short, value }) => {
    if (value === undefined) return [];
    const flags = [long, ...(short === undefined ? [] : [short])];
    const patterns = flags.map(flag => quoted(`${name} ${flag}`)).join(' | ');
    return [`      ${patterns}) ${offered(value)} ;;\n`];
  });
}

function commandCase({ name, options, operands }: CompletedCommand): string {
  const flags = lines(options.map(({ long }) => long));
  return `          ${quoted(name)}) if [[ $current == -* ]]; then offer=${flags}; else ${offered(operands)}; fi ;;\n`;
}

function offered({ words, files }: Offer): string {
  return `offer=${words.length === 0 ? "''" : lines(words)}${files ? ' files=1' : ''}`;
}

/** Words for `compgen -W`, which takes them apart at line breaks here. */
function lines(words: readonly string[]): string {
  return `$'${words.join('\\n')}'`;
}
