#compdef twincli
# Completion of twincli for zsh, to be found in fpath as _twincli, or to be sourced after compinit. The answers come
# from the program: "words" and a line for each, the word and how it is shown with a tab between, or "files".
_twincli() {
    local program=twincli reply
    local -a replies values shown
    [[ $words[1] == */* ]] && program=${words[1]/#\~\//$HOME/}
    replies=("${(@f)$(_TWINCLI_COMPLETE=zsh "$program" "${(@Q)words[1,CURRENT-1]}" "$PREFIX" 2>/dev/null)}")
    if [[ $replies[1] == files ]]; then
        compset -P '--*='
        _files
        return
    fi
    for reply in "${(@)replies[2,-1]}"; do
        values+=("${reply%%$'\t'*}")
        reply=${reply#*$'\t'}
        (( $#reply < COLUMNS )) || reply="${reply[1,COLUMNS-2]}…"
        shown+=("$reply")
    done
    # -U, since what is offered need not begin letter by letter as typed; with meanings, one a line.
    if [[ "$shown" == *'  '* ]]; then
        compadd -U -l -d shown -a -- values
    else
        compadd -U -d shown -a -- values
    fi
}
if [ "$funcstack[1]" = _twincli ]; then
    _twincli "$@"
else
    compdef _twincli twincli
fi
