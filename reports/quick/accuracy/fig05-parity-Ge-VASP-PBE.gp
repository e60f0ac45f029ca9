# fig05-parity-Ge-VASP-PBE: run `gnuplot fig05-parity-Ge-VASP-PBE.gp` in this folder to draw it again.
set encoding utf8
set border linewidth 0.8 linecolor rgb '#333333'
set tics scale 0.7,0.35 textcolor rgb '#1a1a1a'
set key off
set grid xtics ytics linetype 1 linewidth 0.4 linecolor rgb '#e6e6e6'
set errorbars 0.6
set pointintervalbox 0.001
set style fill solid 0.18 noborder
set palette defined (0 '#9ecae1', 0.35 '#4f9bcb', 0.7 '#0b5394', 1 '#08213f')
unset colorbox
do for [kind in 'svg png'] {
if (kind eq 'svg') {
  set terminal svg size 900,600 font 'Arial,12' background rgb 'white' dashlength 0.8
} else {
  set terminal pngcairo size 2250,1500 font 'Arial,12' fontscale 2.05 linewidth 2.5 pointscale 3.25 dashlength 0.8
}
set output 'fig05-parity-Ge-VASP-PBE.'.kind
set multiplot
unset label
unset arrow
unset object
set lmargin at screen 0.064978
set rmargin at screen 0.313333
set bmargin at screen 0.5908
set tmargin at screen 0.963333
unset logscale x
set xrange [-4.3256:-3.9864]
set xtics ('−4.3' -4.3, '−4.2' -4.2, '−4.1' -4.1000000000000005, '−4.0' -4.0, '' -4.25 1, '' -4.15 1, '' -4.05 1)
unset logscale y
set yrange [-4.3256:-3.9864]
set ytics ('−4.3' -4.3, '−4.2' -4.2, '−4.1' -4.1000000000000005, '−4.0' -4.0, '' -4.25 1, '' -4.15 1, '' -4.05 1)
set xlabel 'DFT energy (eV/atom)' offset 0,0.2
set label 'DP energy (eV/atom)' at screen 0.014667,0.777067 center rotate by 90
set xtics mirror
set label '{/:Bold (a)}' at screen 0.064978,0.963333 right offset -1.2,0.9
set label 'energy' at graph 0.05,0.93 left textcolor rgb '#1a1a1a'
set label 'RMSE 1.25 meV/atom' at graph 0.96,0.07 right textcolor rgb '#1a1a1a'
plot 'fig05-parity-Ge-VASP-PBE.dat' index 0 using 1:2 with lines linewidth 1.6 linecolor rgb '#7f7f7f', \
     'fig05-parity-Ge-VASP-PBE.dat' index 1 using 1:2:3:4:(log10($5)) with boxxyerror fillstyle solid 1.0 noborder linecolor palette
unset label
unset arrow
unset object
set lmargin at screen 0.398311
set rmargin at screen 0.646667
set bmargin at screen 0.5908
set tmargin at screen 0.963333
unset logscale x
set xrange [-6.066:6.866]
set xtics ('−6' -6.0, '−4' -4.0, '−2' -2.0, '0' 0.0, '2' 2.0, '4' 4.0, '6' 6.0, '' -5.0 1, '' -3.0 1, '' -1.0 1, '' 1.0 1, '' 3.0 1, '' 5.0 1)
unset logscale y
set yrange [-6.066:6.866]
set ytics ('−6' -6.0, '−4' -4.0, '−2' -2.0, '0' 0.0, '2' 2.0, '4' 4.0, '6' 6.0, '' -5.0 1, '' -3.0 1, '' -1.0 1, '' 1.0 1, '' 3.0 1, '' 5.0 1)
set xlabel 'DFT force (eV/Å)' offset 0,0.2
set label 'DP force (eV/Å)' at screen 0.359733,0.777067 center rotate by 90
set xtics mirror
set label '{/:Bold (b)}' at screen 0.398311,0.963333 right offset -1.2,0.9
set label 'forces on Li' at graph 0.05,0.93 left textcolor rgb '#1a1a1a'
set label 'RMSE 34.5 meV/Å' at graph 0.96,0.07 right textcolor rgb '#1a1a1a'
plot 'fig05-parity-Ge-VASP-PBE.dat' index 2 using 1:2 with lines linewidth 1.6 linecolor rgb '#7f7f7f', \
     'fig05-parity-Ge-VASP-PBE.dat' index 3 using 1:2:3:4:(log10($5)) with boxxyerror fillstyle solid 1.0 noborder linecolor palette
unset label
unset arrow
unset object
set lmargin at screen 0.731644
set rmargin at screen 0.98
set bmargin at screen 0.5908
set tmargin at screen 0.963333
unset logscale x
set xrange [-9.100999999999999:8.600999999999999]
set xtics ('−5' -5.0, '0' 0.0, '5' 5.0, '' -7.5 1, '' -2.5 1, '' 2.5 1, '' 7.5 1)
unset logscale y
set yrange [-9.100999999999999:8.600999999999999]
set ytics ('−5' -5.0, '0' 0.0, '5' 5.0, '' -7.5 1, '' -2.5 1, '' 2.5 1, '' 7.5 1)
set xlabel 'DFT force (eV/Å)' offset 0,0.2
set label 'DP force (eV/Å)' at screen 0.693067,0.777067 center rotate by 90
set xtics mirror
set label '{/:Bold (c)}' at screen 0.731644,0.963333 right offset -1.2,0.9
set label 'forces on Ge' at graph 0.05,0.93 left textcolor rgb '#1a1a1a'
set label 'RMSE 90.2 meV/Å' at graph 0.96,0.07 right textcolor rgb '#1a1a1a'
plot 'fig05-parity-Ge-VASP-PBE.dat' index 4 using 1:2 with lines linewidth 1.6 linecolor rgb '#7f7f7f', \
     'fig05-parity-Ge-VASP-PBE.dat' index 5 using 1:2:3:4:(log10($5)) with boxxyerror fillstyle solid 1.0 noborder linecolor palette
unset label
unset arrow
unset object
set lmargin at screen 0.064978
set rmargin at screen 0.313333
set bmargin at screen 0.0908
set tmargin at screen 0.463333
unset logscale x
set xrange [-10.376000000000001:9.976]
set xtics ('−10' -10.0, '−5' -5.0, '0' 0.0, '5' 5.0, '' -7.5 1, '' -2.5 1, '' 2.5 1, '' 7.5 1)
unset logscale y
set yrange [-10.376000000000001:9.976]
set ytics ('−10' -10.0, '−5' -5.0, '0' 0.0, '5' 5.0, '' -7.5 1, '' -2.5 1, '' 2.5 1, '' 7.5 1)
set xlabel 'DFT force (eV/Å)' offset 0,0.2
set label 'DP force (eV/Å)' at screen 0.018667,0.277067 center rotate by 90
set xtics mirror
set label '{/:Bold (d)}' at screen 0.064978,0.463333 right offset -1.2,0.9
set label 'forces on P' at graph 0.05,0.93 left textcolor rgb '#1a1a1a'
set label 'RMSE 96.7 meV/Å' at graph 0.96,0.07 right textcolor rgb '#1a1a1a'
plot 'fig05-parity-Ge-VASP-PBE.dat' index 6 using 1:2 with lines linewidth 1.6 linecolor rgb '#7f7f7f', \
     'fig05-parity-Ge-VASP-PBE.dat' index 7 using 1:2:3:4:(log10($5)) with boxxyerror fillstyle solid 1.0 noborder linecolor palette
unset label
unset arrow
unset object
set lmargin at screen 0.398311
set rmargin at screen 0.646667
set bmargin at screen 0.0908
set tmargin at screen 0.463333
unset logscale x
set xrange [-9.794:11.194]
set xtics ('−5' -5.0, '0' 0.0, '5' 5.0, '10' 10.0, '' -7.5 1, '' -2.5 1, '' 2.5 1, '' 7.5 1)
unset logscale y
set yrange [-9.794:11.194]
set ytics ('−5' -5.0, '0' 0.0, '5' 5.0, '10' 10.0, '' -7.5 1, '' -2.5 1, '' 2.5 1, '' 7.5 1)
set xlabel 'DFT force (eV/Å)' offset 0,0.2
set label 'DP force (eV/Å)' at screen 0.359733,0.277067 center rotate by 90
set xtics mirror
set label '{/:Bold (e)}' at screen 0.398311,0.463333 right offset -1.2,0.9
set label 'forces on S' at graph 0.05,0.93 left textcolor rgb '#1a1a1a'
set label 'RMSE 60.2 meV/Å' at graph 0.96,0.07 right textcolor rgb '#1a1a1a'
plot 'fig05-parity-Ge-VASP-PBE.dat' index 8 using 1:2 with lines linewidth 1.6 linecolor rgb '#7f7f7f', \
     'fig05-parity-Ge-VASP-PBE.dat' index 9 using 1:2:3:4:(log10($5)) with boxxyerror fillstyle solid 1.0 noborder linecolor palette
unset label
unset arrow
unset object
set lmargin at screen 0.731644
set rmargin at screen 0.98
set bmargin at screen 0.0908
set tmargin at screen 0.463333
unset logscale x
set xrange [-0.633:0.533]
set xtics ('−0.6' -0.6000000000000001, '−0.4' -0.4, '−0.2' -0.2, '0' 0.0, '0.2' 0.2, '0.4' 0.4, '' -0.5 1, '' -0.30000000000000004 1, '' -0.1 1, '' 0.1 1, '' 0.30000000000000004 1, '' 0.5 1)
unset logscale y
set yrange [-0.633:0.533]
set ytics ('−0.6' -0.6000000000000001, '−0.4' -0.4, '−0.2' -0.2, '0' 0.0, '0.2' 0.2, '0.4' 0.4, '' -0.5 1, '' -0.30000000000000004 1, '' -0.1 1, '' 0.1 1, '' 0.30000000000000004 1, '' 0.5 1)
set xlabel 'DFT virial (eV/atom)' offset 0,0.2
set label 'DP virial (eV/atom)' at screen 0.681333,0.277067 center rotate by 90
set xtics mirror
set label '{/:Bold (f)}' at screen 0.731644,0.463333 right offset -1.2,0.9
set label 'virial' at graph 0.05,0.93 left textcolor rgb '#1a1a1a'
set label 'RMSE 6.44 meV/atom' at graph 0.96,0.07 right textcolor rgb '#1a1a1a'
plot 'fig05-parity-Ge-VASP-PBE.dat' index 10 using 1:2 with lines linewidth 1.6 linecolor rgb '#7f7f7f', \
     'fig05-parity-Ge-VASP-PBE.dat' index 11 using 1:2:3:4:(log10($5)) with boxxyerror fillstyle solid 1.0 noborder linecolor palette
unset multiplot
unset output
}
