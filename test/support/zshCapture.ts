/** Types the first argument into a zsh that has sourced the file `zsh`, and prints what its completion offers. */
export const zshCapture = `
zmodload zsh/zpty
setup() {
  PROMPT=
  autoload compinit
  compinit -u -D
  source ./zsh
  bindkey '^I' complete-word
  compadd() {
    if [[ -n \${(M)@:#-[OAD]*} ]]; then builtin compadd "$@"; return $?; fi
    local -a hits
    builtin compadd -A hits "$@"
    for hit in $hits; do print -r -- "<$hit>"; done
    builtin compadd "$@"
  }
  comppostfuncs=(exit)
  zstyle ':completion:*' insert-tab false
}
zpty z zsh -f -i
zpty -w z "$(functions setup); setup; print READY"
zpty -r z out '*READY*READY*'
zpty -n -w z "$1"$'\\t'
local out=
while zpty -r z part; do out+=$part; done
print -r -- \${(F)\${(M)\${(f)out}:#*<*>*}//$'\\r'/} | sed -n 's/.*<\\(.*\\)>.*/\\1/p'
`;
