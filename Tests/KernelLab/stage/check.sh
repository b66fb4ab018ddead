# Inside the lab's kernel: the program that plays the cases and checks.
. "$1/stage.sh"
stdbuf -oL "$BIN/kernel-lab" || { for node in PR NR; do echo "lab: ferryd of $node"; tail -n 25 /run/$node/ferryd.log; done; }
strike
