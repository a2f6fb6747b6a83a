import { programName } from '../io/io.ts';
import {
  firstWords,
  groupsOf,
  quoted,
  type CompletedCommand,
  type CompletedOption,
  type Offer,
} from './completed.ts';

/** The script that zsh completes with: in a folder of `fpath` as `_deploykf-values`, or sourced after `compinit`. */
export function zshScript(commands: readonly CompletedCommand[]): string {
  const groups = [...groupsOf(commands)];
  const first = firstWords(commands).map(({ word, summary }) => described(word, summary));
  return `#compdef ${programName}
# zsh completion of ${programName}: source <(${programName} completion zsh)
_deploykf_values() {
  local -a first second
  first=(
    ${[...first, described('help', 'Show the help of a command')].join('\n    ')}
  )
  if (( CURRENT == 2 )); then
    if [[ $PREFIX == -* ]]; then compadd -- --help --version; else _describe command first; fi
    return
  fi
  local command=$words[2]
  case $command in
${groups.map(([word, own]) => groupCase(word, own)).join('')}    help) _describe command first; return ;;
  esac
  words=("$command" "\${(@)words[3,-1]}")
  (( CURRENT-- ))
  case $command in
${commands.map(commandCase).join('')}  esac
}
if [[ $funcstack[1] == _${programName} ]]; then
  _deploykf_values "$@"
else
  compdef _deploykf_values ${programName}
fi
`;
}

function groupCase(word: string, commands: readonly CompletedCommand[]): string {
  const seconds = commands.map(({ name, summary }) => described(name.slice(word.length + 1), summary));
  return `    ${word})
      second=(
        ${seconds.join('\n        ')}
      )
      if (( CURRENT == 3 )); then _describe command second; return; fi
      command="${word} $words[3]"
      words=("$words[1]" "\${(@)words[3,-1]}")
      (( CURRENT-- ))
      ;;
`;
}

function commandCase({ name, options, operands }: CompletedCommand): string {
  const specs = options.map(optionSpec);
  if (operands.files || operands.words.length > 0) specs.push(quoted(`*:file:${action(operands)}`));
  return `    ${quoted(name)})\n      _arguments -S \\\n        ${specs.join(' \\\n        ')}\n      ;;\n`;
}

function optionSpec({ long, short, help, placeholder, value, isRepeated }: CompletedOption): string {
  const text = `[${help.replace(/[[\]\\]/g, '\\$&')}]`;
  const argument = value === undefined ? '' : `:${placeholder.replaceAll(':', '\\:')}:${action(value)}`;
  const flag = (name: string): string => (value === undefined || !name.startsWith('--') ? name : `${name}=`);
  if (short === undefined) return quoted(`${isRepeated ? '*' : ''}${flag(long)}${text}${argument}`);
  const others = isRepeated ? '*' : `(${short} ${long})`;
  return `${quoted(others)}{${short},${flag(long)}}${quoted(text + argument)}`;
}

function action({ words, files }: Offer): string {
  const list = `(${words.join(' ')})`;
  if (words.length === 0) return files ? '_files' : ' ';
  return files ? ` _alternative "words:word:${list}" "files:file:_files"` : list;
}

function described(word: string, summary: string): string {
  return quoted(`${word}:${summary}`);
}
